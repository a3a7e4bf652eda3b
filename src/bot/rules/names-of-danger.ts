/**
 * Words that name a danger without saying that it is here: "fire" stands in an alarm and in "fire drill form". Each rings by
 * itself wherever only rules listen. Beside a model they ring as well, unless it is sure that the message is harmless; of
 * 4,190 authored emergencies that the rules hear, judged by models that had not learned them, that silenced none.
 */
const names =
  /^(fires?|bombs?|explosions?|explosives?|burglars?|burglar(y|ies)|break-ins?|thief|thieves|robbers?|robber(y|ies)|intruders?|fights?|scuffle|brawl|lost (child|girl|boy)|火警|火燭|警鐘響|煙霧|爆炸|炸彈|槍聲|爆竊|爆格|個?賊(仔|人)?|小偷|竊賊|劫匪|打交|打鬥|恐嚇|入侵|緊急|急救|救護車|白車|心肺復甦|心外壓|流鼻血|平安鐘|困𨋢|撞車|走失(小朋友|兒|兒童)|可疑袋|屍體)$/

/** Whether a danger word is only the name of one. */
export const merelyNames = (word: string): boolean => names.test(word.trim())
