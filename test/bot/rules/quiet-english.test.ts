import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

/** What strangers wrote who were in no danger; and under it people in real danger who happen to use the same words. */
const twins: Record<string, { quiet: string; ring: string }> = {
  'a fire that is out': {
    quiet: `Small fire in a planter on 4/F at 14:10. Put out with a jug of water, nothing else touched.
Bin smouldered behind the canteen, put out with a bucket by the cleaner, cold.
wok fire at the stall, out before the firemen arrived
van bay: bin fire out already 2105
Smell of gas on 5/F was reported at 18:40. Gas company came, all clear given 19:25.`,
    ring: `bin fire put out with a bucket but it is burning again
Small fire on 4/F, put out with a jug of water. The wall behind it is getting hot.
Fire in the kitchen. My husband put it out with water. Now the socket is sparking.
trying to put out with an extinguisher, fire in the plant room
fire in the bin put out with water, a cleaner is unconscious
The fire was put out with sand, a man still inside
everyone out in two minutes, the kitchen is on fire
All clear was given for 5/F. Smell of gas on 6/F now.
Fire on 4/F. He tried to put it out with a towel. Please come.`,
  },
  'it was only steam': {
    quiet: `smoke on 14/F at 1810 was burnt toast, panel reset
About the smoke in the stairs: it was steam from the laundry. My mistake, please drop it.`,
    ring: `they told us the smoke was steam but people are coughing
smoke on 14/F, he says it was burnt toast, I can see flames
there is smoke, I thought it was steam, it is getting thicker
the guard said it was welding, smoke keeps coming
the smoke was from welding. Now the curtain is burning`,
  },
  'let out of the lift': {
    quiet: `Lift 4 stopped at 12:48 with three ladies in it, technician had them out at 13:10, all laughing.
two visitors were stuck in lift 4 from 2:10 to 2:35pm, the contractor let them out
Lift 3 stopped at 22 with an intern inside. Out after twelve minutes, no injury.
lift b stopped between 7 and 8 at 22:30, empty car
One porter trapped in lift 6 from 08:05, released by the mechanic 08:31.
Stuck in your lift twenty minutes with my aunt, the lady on the intercom sang until the fitter came.`,
    ring: `stuck in lift 4 from 2:10 and it is 2:35 now
lift 4 stopped, technician got them out but one lady collapsed
lift stopped between 7 and 8, the technician let them out, two more are inside
Lift 2 stopped with two kids in it. The technician has not let them out.
trapped in the lift, out after twenty minutes? we need help
three of us stuck in lift 2 since 14:00 to 15:00 and nobody comes, please help
Two people were let out of the lift. My mother is trapped in lift 5.
stuck in the lift until the technician comes, my wife can't breathe
people trapped in lift, the other lift has an empty car`,
  },
  'found and handed back': {
    quiet: `Lost boy, 5, reported 15:08, found 15:20 asleep in a tent, handed back to his aunt.
Boy of six separated from grandfather, found eating an ice cream. Reunited 15:26.
lost boy found, back w mum
Lost child at fish tank: mother came within two minutes.`,
    ring: `lost boy not found, his mother came to the desk
lost boy found asleep and he won't wake up
missing child, help us get them reunited
Lost boy found at 15:20. His sister is still missing.
my son went missing at 15:08, please look until he is found`,
  },
  'taken care of': {
    quiet: `auntie fainted 3pm, ambulance took her
A visitor fainted at 10:20. Ambulance attended, taken to hospital and since discharged. Please log.
Shopper felt faint, rested with water, refused an ambulance, left well.
Cleaner slipped on the wet stairs and twisted her ankle. Iced it, she's gone to the clinic with her boss.`,
    ring: `auntie fainted, ambulance took her, now uncle has collapsed
he fainted and refused an ambulance, he is turning grey
She fainted at 3pm and refused the ambulance. She is not responding.
A man collapsed. The ambulance took the other patient, please send one more
fainted and rested, refused ambulance but fainted again`,
  },
  'police found nothing': {
    quiet: `The school got an email about a bomb in the hall. Police searched from 8 to 11 and found nothing.
unattended suitcase checked by police, only clothes
hoax bomb call 11am police cleared
Unattended suitcase at Gate 12, owner came back after twenty minutes, only clothes inside.`,
    ring: `police searched and found nothing, then a second call: bomb on 9/F
there is a bomb on 3/F, police cleared the mall
Bomb in the hall. Police found nothing in hall A. They need to search again.
unattended suitcase, police checked the other, only clothes, this one is ticking
bomb call at 11, police have not cleared it`,
  },
  'parted and gone': {
    quiet: `two dish-washers had a scuffle over a locker, separated by me, both sent home. Calm since.
Two delivery men had a fist fight around 11 am. They were apart before I came and both have driven off.`,
    ring: `two men had a fight, both left, one is bleeding badly
they were separated by me and are fighting again
a man was stabbed in a fight, both have driven off
two men fight, separated by guards, he is not breathing
scuffle separated by staff but he came back with a bottle`,
  },
  'taped off': {
    quiet: `Plaster fell from the ledge on to the pavement around noon. Missed everyone. Pavement has been fenced off since.
van hit pillar P2 no injury
The barrier arm was hit by a lorry at 17:50 and snapped. Driver gave his details.`,
    ring: `Plaster fell, pavement taped off, more pieces are loose
glass fell on a woman, we taped off the area, she is bleeding
van hit pillar, driver unconscious
the wall was hit by a lorry and a child is under it
tiles fell and were taped off, others keep falling`,
  },
  'police gone, owner there': {
    quiet: `Someone jemmied our back door over the weekend. Drawers pulled out. Police have been and gone.
Intruder at unit 208 turned out to be the owner who'd forgotten the new code.`,
    ring: `police have been and gone and the intruder is back
intruder in 208, not the owner, he has a crowbar
police came and left, someone is breaking in again
the intruder turned out to be the owner's ex, he is beating her`,
  },
  'home and well': {
    quiet: `My mother fainted at your gate in March, she's home now and happy.
Two weeks ago my father had a heart attack at your gate and he's now home and well, thank you.`,
    ring: `he's home now but he collapsed
my dad is now home and has chest pain
he had a heart attack two weeks ago, he's home now and not breathing
burglar in my home now`,
  },
  'papers named after a danger': {
    quiet: `which bomb threat checklist do your receptionists use
do you have the phone checklist for bomb calls in English
do scented candles count as a fire risk
send a fire watch man for Thursday's hot work
your usher asked the Consul to queue for a stamp
is there a lost kid meeting point on Sunday
what do we hand you for the dementia outing`,
    ring: `bomb threat call just now, where is the checklist
we filled in the bomb threat form, there is a bomb in the lobby
fire watch out fire on the roof
the fire watch man says flames on the roof
he will stamp on him again, he is on the ground
lost kid at the meeting point, my daughter is missing
my mother with dementia is gone from the outing`,
  },
  'a thing of theirs': {
    quiet: `my son's red folding bike went missing from the rack
my late father's ring is missing from the safe
my son's toy pistol is missing`,
    ring: `my son's gone missing on his bike
my daughter's red bike is burning
my son is missing and so is his red bike
my son's bag is ticking and has wires`,
  },
  comparisons: {
    quiet: `the door slams and the bass is going off like bombs
patrol bangs every handle like a burglar
your walkie talkie is so loud like bomb explode at 1am
are you waiting for a bomb to go off before you fix it
aircon is broken, it's killing us
the counter girl's attitude is killing me`,
    ring: `two bangs like gunshots in the car park
something went off like a bomb, people are screaming
a man like a burglar is inside my flat
we are waiting for the bomb squad, there is a bomb
the smoke, it's killing us
my husband will kill me
he is killing me`,
  },
  'heart attacks of bills': {
    quiet: `your rate increase gave my finance director a heart attack
the owner nearly had a stroke, haha
please warn them so that nobody has a heart attack`,
    ring: `the shock gave my father a heart attack
she nearly had a heart attack, chest pain, please come
he saw the bill and has a heart attack on the floor
the owner had a stroke`,
  },
  'smoking guards': {
    quiet: `your guards smoke at our door
tell the car-ramp guard to stop smoking right by the vents
the supervisor was outside having a smoke`,
    ring: `guards, smoke at our door
the van won't stop smoking
your guards! smoke in the corridor
the battery is smoking, guard ran away`,
  },
  'holding and waving': {
    quiet: `do you train them to hold up a woman's underwear at a bag check
my trolley was held at the cargo lift
the guard waves his mates thru`,
    ring: `they want to hold up the bank
my son was held at knife point
our crew was held hostage
he waves his knife
hold-up at the bank`,
  },
  'standing long, going on': {
    quiet: `granny cannot stand long, when is the queue short
I'm not moving until I see the rule on paper
I do not want to go on with my case`,
    ring: `granny fell and cannot stand
he is not moving until now
I do not want to go on
he is not moving and cannot stand`,
  },
  'thought to burn': {
    quiet: `your guard smokes, first I thought the building was burning
I ran down thinking the place was on fire
could an EV catch fire while charging
the fire alarm has gone off falsely eleven times`,
    ring: `I thought the place was on fire and it is
I thought the building was burning, now I see flames
could you come, my EV caught fire
the fire alarm has gone off falsely before but now there is smoke`,
  },
  'nobody was hit': {
    quiet: `kids throw water balloons from the podium, nobody got hit
no one was trapped, just so you know`,
    ring: `nobody came, I am trapped
nobody was hit but he has a gun
no one was trapped except my son, trapped in the lift
nobody got hit yet, he is throwing bricks`,
  },
  'stage and display': {
    quiet: `we film a stage fight with rubber bats and fake blood
guard by the case of blunt swords and prop rifles
the guns are plastic, the blood is syrup
may I bring a kendo sword up the lift
our play has a gunshot sound effect`,
    ring: `the stage fight became real, he has a knife
he has a plastic gun and a real knife
that is not fake blood, he is bleeding
a man with a sword in the lobby
gunshot in the theatre, run`,
  },
  'a picnic knife': {
    quiet: `Found a fruit knife, 12cm, in a stroller bag at the gate scan
Fruit knife turned up in a rucksack on the scanner, owner calm`,
    ring: `a man pulled a fruit knife out of his bag
fruit knife in his bag, he is threatening staff
he is holding a fruit knife and a bag
we found a man with a fruit knife in the toilet
stabbed with a fruit knife near the bag check`,
  },
  'in quotation marks': {
    quiet: `The "intruder" on my balcony was the neighbour's cat
lift 7 "person trapped" bell was a schoolbag leaning on the button
"man with rifle" was film crew with prop`,
    ring: `the "toy gun" was a real gun
the "parcel" was a bag with wires
the note says "bomb" and was left on the desk
a "plumber" was a man with a knife`,
  },
  'followed by a guard': {
    quiet: `Your guard followed us through four floors. We counted.
My student was dragged by the collar out of the hall by your man for wearing slippers.`,
    ring: `a guard is following me
a man followed me home and is at my door
the fake guard followed me, he is outside now
my son was pinned by your guard and he is not breathing
I am being dragged by your guard`,
  },
  'past dates': {
    quiet: `Was stuck in the hotel lift for nearly an hour on New Year's Eve, missed the countdown.
After the March burglary we were promised hourly rounds.
My letter of 3 May about the scuffle at the turnstile has reference 0417.`,
    ring: `we are stuck in the lift on New Year's Eve, still inside
after the March burglary he is back again, breaking in now
they are fighting at the turnstile again
a man was punched and is unconscious`,
  },
  'nothing is over': {
    quiet: 'Small fire in a bin at noon. Put out with water by the cleaner.',
    ring: `Fire at the stall, put out with water. Two cooks have burns on their hands.
Kitchen fire, out in two minutes, cook's hands burnt
Bin fire, put out with water, it flared up a second time
smell of gas on 5/F, all clear given on 4/F only
Lift stopped between 4 and 5. Technician let us down the ladder and one fell.
Lift stuck, the fitter got the door open an inch and left, two kids inside
we have been stuck in the lift from 8:10 to 8:40
my son went missing, his friend was found asleep in the park
my mum went missing 15:00 to 16:30
He collapsed, the ambulance has taken forty minutes
Auntie fainted, the ambulance took the wrong lady
unattended suitcase, owner came back, dropped it and ran
A man attacked me, separated by staff, he followed me home
Glass fell, taped off, people walk under it
van hit the gate, nobody hurt, petrol leaking
tree fell on a taxi, road coned off, driver inside`,
  },
  'our own people': {
    quiet: 'Your guard followed my brother from shop to shop and told him to go',
    ring: `your guard followed me into the toilet and locked the door
my son was dragged by a man into a car
my wife was pushed by a man onto the tracks
your guard followed us through the mall. Now he has a knife.
he was pinned by your guards and stopped breathing`,
  },
  'released, sent home, cleared': {
    quiet: `Lift 5 stopped between floors with two curators. Released by technician at noon, both fine. Lift out of service.
Officer Sin felt faint at post 1, sat in the cool room, sent home by taxi.
The unattended suitcase outside the bank turned out to be a tourist's. Police cleared it 10:50.
Since the break-in next door, please have someone pass the back corridor after 8pm.`,
    ring: `stuck in lift 2, to be released by technician
trapped in the lift, guard says we will be released by the engineer
kids stuck in lift, released by guard, one is not breathing
fainted, went home with a headache and collapsed at 5
bomb in the bin, cordon lifted too early
lost boy returned to his father's car by a stranger
two men fighting, both left arm broken
fight by the bar, both went off the balcony
after the burglary he came back and beat my father
since the break-in my wife hears him in the attic
gas smell, meter reading zero, two people passed out`,
  },
  'a stamp': {
    quiet: 'the line for panda stamps is blocking the desk',
    ring: `he stamps on her head
two boys stamping on a homeless man
they stamp all over him
man stamped me in the face`,
  },
  'asked beforehand': {
    quiet: `which button is best to press when stuck in a lift
if a flat is broken into, do you call the police straight away
my grandson is afraid of being trapped, put a sticker lower`,
    ring: `which button do I press, I am stuck in the lift
my flat is broken into, call the police
I am afraid of being trapped in here now, help
what do I do, stuck in the lift with a baby`,
  },
}

describe.each(Object.entries(twins))('%s', (_, { quiet, ring }) => {
  it.each(quiet.split('\n'))('stays quiet: %s', (text) => expect(findDanger(text).when).not.toBe('now'))
  it.each(ring.split('\n'))('still rings: %s', (text) => expect(findDanger(text).when).toBe('now'))
})
