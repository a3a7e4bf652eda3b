import type { Category } from '../../core/case/taxonomy.ts'

/**
 * Reports of what is over: each kind of danger has endings of its own ("put out with a bucket" says nothing of a man who
 * fell), and they often stand a sentence or two further on. Read only under the conditions in `isClosed`.
 */
const kin =
  '(?:mum|mom|mother|father|dad|parents?|aunt|uncle|grandma|grandpa|grand\\w+|family|teacher|wife|husband|son|daughter)'

const endings: Partial<Record<Category, readonly RegExp[]>> = {
  fire_smoke_gas: [
    /(?<!\b(to|trying|being|be|not|try|please|must|cannot|can't|will|half) )\bput (it )?out with (a|an|the|his|her|my|our|some|two|water|sand)\b|(?<=[,.;] |\bwas )out (in|within|after) (\w+ )?(minutes|seconds)\b|(?<=[,.;] |\bwas )out before (the|we|i|anyone|any) (firemen|brigade|fire services|fire engine|guard|arrived|came|got)/,
    /\bfire (was )?(out already|already out)\b(?! of)|\ball clear (was )?given\b|\breading (was )?zero(?=[.,]|$)|\b(gas company|towngas|fire services|firemen|brigade)\b[^.!?]{0,30}\b(checked and left|sorted it( out)?|gave the all clear)\b/,
    /(?<!\b(says?|said|thinks?|claims?|saying|thought|if|whether|told \w+|maybe|hopes?|hoped|sure|assume\w*) (that |it |they )?)\b(was|were) (only |just |all |from )?(a |an |some |the )?(steam|burnt (toast|popcorn)|toast|popcorn|welding|incense|dry ice|fireworks|low battery|kettle|stage smoke)\b/,
  ],
  lift_trap: [
    /\b(technician|mechanic|fitter|contractor|lift (man|men|company|engineer)|engineer|firemen|fire services)( has| have| then| finally| soon)? (had|got|let|freed|released|brought) (them|him|her|everyone|everybody|all|both|us)\b|\b(they|all|both|everyone|he|she|we) (were|was) (all |both )?(let|freed|brought|helped) out\b/,
    /\b(all|both|everyone|they|he|she|we|i)?( all)? ?(walked|came|got|stepped) out (fine|ok|okay|safe\w*|unhurt|unharmed|well|laughing)\b|(?<=[,.;] )out after (about )?(\w+|\d+) (minutes|mins)\b|(?<=[,.;] )empty car\b|\brestarted by itself\b|\buntil the (fitter|technician|mechanic|firemen|engineer|contractor) came\b|(?<!\b(be|being|yet|not|get|never) )\b(released|freed|let out|brought out) by (the |a |our |your )?(lift )?(technician|engineer|mechanic|fitter|contractor|firemen|fire services|guards?|company)\b/,
  ],
  missing_person: [
    /(?<!\b(?:not|yet|never|friend|brother|sister|cousin|classmate|dog|bag|shoes?|phone|jacket|bike|other|another)(?: was| were)? )\bfound,? (?:at (?:the [^.!?,]{3,20} at )?)?(?=\d|safe|well|unharmed|asleep|eating|playing|watching|reading|back w|at (?:\w+ )?\w+, back w|by (?:the|a|our) (?:ticket|shop|stall|guard|staff|security))/,
    new RegExp(
      `(?<!\\b(?:not|yet|be|to be|never|until) )\\breunited\\b|\\b(?:handed (?:back|over)|returned) to (?:his |her |their |the )?${kin}\\b(?!')|\\b${kin} came within \\w+ minutes\\b`,
    ),
  ],
  medical: [
    /\b(ambulance|paramedics|ambulance crew)( has| have)?( already)? (attended(?=[,.])|(took|taken|checked) (him|her|them|away|to hospital)\b)|\b(since|later|been|already) discharged\b|\b(took|taken|drove|walked) (him|her|them) home\b|\bwalked off with (his|her|their)\b|\b(he'?s|she'?s|has|have|was) (gone|taken) to the clinic\b|\bwas kept overnight\b|\b(went|sent) home (with (his|her|their|daughter|son|husband|wife|a)|by taxi)\b|\bclinic gave\b|\b(recovered|rested)\b[^.!?]{0,40}\b(declined|refused) (an |the )?ambulance\b|\b(spent|needed|had) \w+ nights? (in|on) (hospital|a drip|the ward)\b/,
  ],
  bomb_threat: [
    /\bhoax\b[^.!?]{0,40}\bpolice (have )?cleared(?=\W*$)|\bpolice\b(?![^.!?]{0,50}\b(not|yet to|must|should|until(?! (tomorrow|further|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d))|can't|haven't|hasn't)\b)[^.!?]{0,50}\b(cleared( it| the (bag|case|suitcase|item|object|parcel|package))(?=\W*$|\W*(at )?\d|\. )|found nothing|declared (it )?(a )?hoax|closed the matter|confirmed[^.!?]{0,20}\b(never|no device|hoax))/,
    /\bpolice\b[^.!?]{0,40}\bonly (full of |some |had )?(old |dirty )?(clothes|books|toys|shoes|food|sweets|papers|laundry|dried \w+)\b|\bcordon lifted(?= (at )?\d)|\bowner (came back|collected (it|the \w+)|claimed it)\b/,
  ],
  assault: [
    /\b(separated|parted|pulled apart) by (me|us|guards?|staff|security|friends|colleagues)\b|\bboth (have |had |were )?(since )?(driven off|went off|left|sent home|gone home|calmed down|apologised)\b(?=[.,]|$| (by|before|with|when|at once|for|to)\b)|\b(they|the two) were apart before\b|\bcalm since\b/,
  ],
  hazard: [
    /\b(area|pavement|spot|path|it) (is|was|has been) (swept|fenced|taped|roped|cordoned|made safe)\b|\b(fenced|taped|roped|cordoned|coned) off( since)?\b|\bleft a note\b|\bgave (his|her|their) details\b|\bhit (a |the |my |our )?(pillar|gate|barrier|bollard|kerb|bumper|mirror)\b[^.!?]{0,16}\b(no (one )?injur(y|ies|ed)|(nobody|no one) (was )?(hurt|injured))\b/,
  ],
  crowd: [/\b(cleared|eased|dissolved) (in|within|after) \w+ minutes\b/],
  intruder: [
    /\bpolice (have |had )?(been and gone|came and (went|left))\b|\bturned out to be (the |an? |our |my )?(owner|tenant|cleaner|contractor|plumber|electrician|cat|fan|wind)\b/,
  ],
}

/** Wounds and arms are never closed by who left the place. */
const grave =
  /\b(stab\w*|kni(fe|ves)|shot|shots|guns?|weapons?|choppers?|machete|blood|bleed\w*|raped?|molest\w*|sexual\w*|kidnap\w*|abduct\w*|strangl\w*|acid|unconscious|not breathing|dead|died|killed)\b/

/** After an ending, anything that takes it back or goes on. */
const reopened =
  /\b(but(?! (is |was |were |now )?(fine|ok|okay|well|unhurt|safe|happy|cheerful|calm|talking))|(?<!\bopen )again|still|another|however|except|not|yet|worse|hurry|send|come|more|others?|loose|until|burn\w*|flar\w*|second|last time|(on|in|for) \S+ only|drowsy|sleepy|cough\w*|smoke|black|glow\w*|(?<!\b(nobody|no one|no-one) (was )?)(hurt|injured)|fell|falls?|slipped|(?<!\bonly \w+ )inside|friend|under|beneath|petrol|fuel|leak\w*|ran|fled|dropped|wires?|spread\w*|re-?light|relit|re-?ignit\w*|back on|dizzy|pain|vomit\w*|confused|pale|warm|hot|smells?|feels?|(?<!if you )need|needs|(please|pls)(?! (log|record|note|file|close|drop|ignore))|help|missing|someone else|one of|only one|half of|gone up|returned|came back|is back|are back)\b|n't\b|\?/

/** Told as happening; "smell of gas" and "11 am" are no verbs. */
const happening =
  /\b(is|are|i am|isn't|aren't|there's|it's|i'm|they're|we're|can't|cannot|won't|smells|feels|looks|needs)\b/

/** What stands before and after each ending that fits this danger, where it was told as past and nothing takes it back. */
export function closingsOf(category: Category, onward: string): readonly { before: string; after: string }[] {
  if (grave.test(onward)) return []
  return (endings[category] ?? []).flatMap((expression) => {
    const match = expression.exec(onward)
    if (match === null) return []
    const [before, after] = [onward.slice(0, match.index), onward.slice(match.index + match[0].length)]
    return happening.test(before) || reopened.test(after) ? [] : [{ before, after }]
  })
}
