/**
 * Spoken Cantonese → written Chinese, for matching only: never shown to anybody. It lets "點解冇人理" meet "為什麼沒有人理".
 * Longer entries win. Entries deliberately keep everyday ambiguity low (行, 食 and 返 stay as they are inside other words).
 */
const lexicon = `
  點解=為什麼 做咩=為什麼 做乜=為什麼 為乜=為什麼 乜嘢=什麼 乜野=什麼 咩嘢=什麼 咩野=什麼 甚麼=什麼
  咩=什麼 乜=什麼 邊個=誰 邊位=誰 有冇=有沒有 有無=有沒有 係咪=是不是 係唔係=是不是
  可唔可以=可以不可以 可不可以=可以不可以 能否=可以不可以 可否=可以不可以 得唔得=可以不可以 使唔使=要不要
  需唔需要=要不要 識唔識=會不會 知唔知=知不知道 幾時=什麼時候 何時=什麼時候 幾點=什麼時候 邊度=哪裡
  邊到=哪裡 邊處=哪裡 何處=哪裡 邊間=哪間 邊啲=哪些 邊=哪 呢度=這裡 呢到=這裡 嗰度=那裡 嗰到=那裡
  呢個=這個 嗰個=那個 呢啲=這些 嗰啲=那些 呢座=這座 呢棟=這座 呢層=這層 咁樣=這樣 噉樣=這樣 咁=這麼
  噉=這樣 而家=現在 依家=現在 宜家=現在 家下=現在 即刻=立即 馬上=立即 今日=今天 聽日=明天 琴日=昨天
  尋日=昨天 噚日=昨天 前日=前天 後日=後天 琴晚=昨晚 尋晚=昨晚 噚晚=昨晚 今朝=今早 朝早=早上
  晏晝=下午 夜晚=晚上 點樣=怎樣 點先=怎樣才 如何=怎樣 點算=怎麼辦 點搞=怎麼辦 點用=怎樣用 點去=怎樣去
  點搵=怎樣找 點攞=怎樣拿 點申請=怎樣申請 點做=怎樣做 點收=怎樣收 點計=怎樣計 點聯絡=怎樣聯絡 幾耐=多久
  幾多=多少 幾錢=多少錢 唔該=請 唔使=不用 唔好=不要 唔係=不是 唔得=不行 唔到=不到 唔知=不知道
  冇晒=沒有了 冇咗=沒有了 冇=沒有 未曾=沒有 唔=不 係=是 喺度=在 喺=在 嘅=的 嗰=那 呢=這 啲=些
  咗=了 左=了 緊=正在 晒=了 佢哋=他們 我哋=我們 你哋=你們 佢=他 哋=們 嚟=來 黎=來 嘢=東西
  野=東西 睇=看 搵=找 尋找=找 俾=給 畀=給 比我=給我 攞=拿 拎=拿 領取=拿 傾=談 講=說 仲=還
  冚唪唥=全部 成日=經常 時時=經常 周時=經常 次次=每次 揸=駕 同埋=和 嬲=生氣 鬧=罵 瞓=睡 訓着=睡着
  訓覺=睡覺 企=站 屋企=家 跌咗=遺失了 唔見咗=遺失了 唔見=遺失 不見了=遺失了 整爛=弄壞 爛咗=壞了
  壞咗=壞了 死火=壞了 失靈=壞了 整=弄 泊=停 車位=停車位 保安員=保安員 保安室=保安室 保安部=保安部 保安主任=保安主任 保安=保安員 看更=保安員 管理員=保安員
  護衛員=保安員 護衞員=保安員 細路=小孩 小朋友=小孩 細佬哥=小孩 小童=小孩 兒童=小孩 老人家=老人
  長者=老人 阿婆=老人 阿伯=老人 公公=老人 婆婆=老人 升降機=𨋢 電梯=𨋢 人客=訪客 客人=訪客 嘈=吵
  喧嘩=吵 打交=打架 打鬥=打架 差人=警察 警方=警察 白車=救護車 㗎= 喇= 啦= 囉= 咯= 喎= 嘞=
  啫= 嘛= 咋= 吖= 呀= 啊= 囖= 嗎= 架= 噃= 嘅話=的話 您=你 貴公司=你們 本人=我 閣下=你
`

const written = new Map(
  lexicon
    .trim()
    .split(/\s+/)
    .map((entry) => entry.split('=') as [spoken: string, written: string]),
)
const longest = Math.max(...[...written.keys()].map((spoken) => spoken.length))

/** Replaces spoken forms by written ones, longest first; linear in the length of the text. */
export function writtenForm(text: string): string {
  let out = ''
  for (let at = 0; at < text.length; ) {
    const spoken = longestEntryAt(text, at)
    out += spoken === undefined ? text[at] : written.get(spoken)
    at += spoken?.length ?? 1
  }
  return out
}

function longestEntryAt(text: string, at: number): string | undefined {
  for (let length = Math.min(longest, text.length - at); length > 0; length--) {
    const piece = text.slice(at, at + length)
    if (written.has(piece)) return piece
  }
  return undefined
}
