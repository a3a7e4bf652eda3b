import type { Category } from '../../core/case/taxonomy.ts'

/**
 * Danger in the other languages that people in Hong Kong's buildings speak: Filipino, Indonesian and Malay, Hindi, Urdu
 * and Nepali, Thai, Vietnamese, Japanese, Korean, Spanish and French. Few words, each plain; what they do not catch is
 * still a case. Those that also ask politely ("tolong buka pintu", please open the door) count only by themselves.
 */
export const dangerElsewhere: readonly (readonly [Category, RegExp])[] = [
  [
    'fire_smoke_gas',
    /\b(sunog|nasusunog|kebakaran|terbakar|aag lag|aago lag|incendio|incendie|au feu|fuego|cháy (nhà|rồi|lớn)|có cháy)(?!\p{L})|आग (लग|लाग)|आगलागी|آگ لگ|حريق|ไฟไหม้|火事|불이야|불났|불이 났/u,
  ],
  [
    'medical',
    /\b(nahimatay|hinimatay|di makahinga|hindi makahinga|walang malay|pingsan|sesak napas|tidak bisa (ber)?napas|behosh|desmayad[oa]|no puede respirar|inconscient|bất tỉnh|ngất xỉu)(?!\p{L})|बेहोश|بے ہوش|หมดสติ|เป็นลม|意識がない|倒れて(いる|ます)|의식이 없/u,
  ],
  ['intruder', /\b(magnanakaw|may nakapasok|maling|perampok|ladrón|ladrones)(?!\p{L})|चोर (घुस|आ)|ขโมยขึ้น|泥棒|도둑/u],
  [
    'lift_trap',
    /\b(nakulong|na-?trap|terjebak|terkunci|atrapad[oa]s?|kẹt)\b.{0,20}\b(elevator|lift|ascensor|thang máy)/u,
  ],
  [
    'assault',
    /\b(saklolo|bachao|bacha[oa]? ?lo|socorro|auxilio|au secours|cứu (tôi|với|mạng))(?!\p{L})|बचाओ|बचाउनु|بچاؤ|النجدة|ช่วยด้วย|助けて|살려|도와주세요/u,
  ],
  ['assault', /^\W*(tulong|tolong|ayuda|madad|guhar)(\W+(tulong|tolong|ayuda|madad|guhar|po|please))*\W*$/u],
]
