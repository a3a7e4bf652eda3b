/** Asking about complaints and praise, and the manners of people who are not ours: blanked out before dissatisfaction is looked for. */
export const notAComplaint: readonly RegExp[] = [
  // Asking about complaints, or taking one back.
  /\b(can|could|may|must|do|does|is|are|when|by when|will|would|what|what's)\b (?!(anyone|anybody|someone|somebody|nobody|you people)\b)[^,.!]{0,40}\bcomplain(t|ts|ing|ed)?\b(?!.{0,30}(ignored|nobody|no one|never|weeks|again))|\b(withdr[ae]w\w*|retract\w*|drop|cancel|close)\b.{0,20}\bcomplaints?\b|\bcomplaint (hotline|box|desk|line)\b/g,
  /(可唔可以|可否|可以|能否)[^,，。]{0,8}投訴|投訴.{0,4}(熱線|幾多日|幾時|箱)|幾時[^,，。]{0,8}投訴|(撤回|撤銷|取消)[^,，。]{0,8}投訴|投訴(你哋)?處理得(又|好|非常)?(快|好|公道)|會唔會知.{0,6}投訴/g,
  // How long and how often, asked beforehand.
  /(?<![仲還重])要等幾(耐|久|多|日|個)[^,，。]{0,6}|正常.{0,4}等幾\S|\bhow many times an? (night|day|week|hour)\b/g,
  // Somebody else's manners, sleep, anger or silence.
  /\b(swear\w*|shout\w*|yell\w*|curs\w*) at (people|each other|one another|everyone|everybody|customers?|passers?-?by|shoppers?|other|our (clerk|staff|cashier|nurse)s?)\b|\b(customers?|client|shopper|visitor|guest|relative|tenant|patient|drunk|passenger|someone|somebody|a (man|woman|lady|guy|person))\b.{0,20}\b(refus(es|ing|ed) to (leave|go|move|pay|put|stop|wear|get)|demands)\b|\b(angry|upset|rude|furious|unhappy|annoyed|difficult) (driver|customer|client|relative|visitor|guest|man|woman|parent|tenant|neighbour|passenger|fan|shopper)s?\b/g,
  /\b(drunk|homeless (man|person|woman)|man|woman|person|stranger|someone|somebody|youth)( is| was)? (fast )?(asleep|sleeping|slept)\b(?!.{0,20}\b(on duty|uniform|desk|post|guard))|\b(no ?body|no one) (is|was) (at )?(home|in|inside|hurt|around)\b|\bignore my (last|earlier|previous|first)\b|\bpolic(y|ies) (against|on) (harassment|discrimination|bullying)\b/g,
  /(醉(漢|酒佬|酒鬼)|露宿者|流浪漢|陌生人|不明人士|飲大)[^,，。保職]{0,14}(瞓(咗|緊|着|覺)|騷擾|鬧人)|(阿姨|爸爸?|媽媽?|爺爺|嫲嫲|婆婆|伯伯|老公|太太|阿媽|阿爸|爺|嫲)[^,，。]{0,8}[,，]?(佢)?(冇|唔|沒有?)(人)?聽電話|次次都.{0,8}(好(?!差|慢|衰|耐|嘈|臭|遲|寸)|勁|開心|笑|幫手)|我(自己)?搞錯|防止(性)?(騷擾|歧視)|我對.{0,8}態度/g,
  /\bnever ?mind\b|\b(have|has|had)(n'?t| not) (yet )?(had time|decided|tried|finished)\b/g,
  /(可|會|使|要|係|得|應|識|知|好|需)(唔|不)(可|會|使|要|係|得|應|識|知|好|需)|有(冇|沒有)(人|保安|職員)?|(唔使|不用|無須|唔好)再?.{0,2}(理會?|覆|跟進)|投訴.{0,6}(資料|政策|書面|之後|期限|時限|標準|保留|幾日|多少天|有結果|由邊)|(處理|撤回|收回|作出|提出|正式)投訴|成日都?.{0,4}(好|有禮|笑|幫)/g,
  /\b(how|where|who|what|which)\b.{0,30}\b(complain|complaints?)\b(?!.{0,30}(ignored|nobody|no one|never|weeks|again))|\bcomplaints? (procedure|process|form|policy|channel|handling|mechanism|statistics|register|number)s?\b|\bno complaints?\b|\bnot (a complaint|complaining)\b|\b(never|not) (been )?(disappoint\w*|rude)\b/,
  /(點樣?|怎樣|怎麼|如何|邊度|哪裡|邊個|誰|幾耐|多久|可以).{0,10}投訴|投訴.{0,6}(程序|流程|渠道|表格|機制|統計|步驟|方法|要幾耐|電話|係點|點樣|點做)|(唔係|不是|並非|冇|沒有).{0,3}投訴/,
]
