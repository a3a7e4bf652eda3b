import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

const dangers = `Smoke!! block 9
smoke, level 4
smoke keeps pouring out of the meter
smoke comes from under the door
burning cloth thrown at the gate
the toaster is smoking
a gas bottle is hissing by the stall
the tanker is spilling fuel
petrol on the floor and a man with a cigarette
the tent is alight
in lift the door not open
the power is out and my mother is in the lift
two kids inside the stopped lift
he is calling from a lift that isn't moving
the elevator opened onto a concrete wall
the doors keep closing on a pram, the child is stuck
a tree came down on a man
the hoarding has collapsed with people under it
the crane dropped its load
the stairs have given way
a hole opened and a cyclist fell in
boys are at the edge of the trench
the harness came undone and a girl is half out
we touched the gate and got a shock
a child is stuck to the fence
driving the wrong way, everyone jumping aside
a cobra in the kindergarten
rocks raining on the road
hot steam pouring out behind the boiler
the rope snapped and the worker is hanging
the balcony is sagging and people are on it
the ride threw a boy out
an old lady is in the middle of the road
cars are rushing past her
the pool is electrified
water leaks into the lamp and it sparks
the ceiling is caving in
the beds are floating
the basement is filling and people are still inside
my bedridden father, water is flooding his room
water is over my waist
the river has burst its banks
the typhoon is ripping the roof with people inside
the wind took his ladder away
window panes are shattering
lightning and the swimmers won't leave
the hill has started sliding
stranded in their car, the flood is rising
we can't stand against the wind
hikers in the nullah
two boats have overturned
the queue turned into a riot
they are stepping on her
the crowd lifted my son off his feet
people slipping onto the tracks
we cannot get any air
a boy snatched my phone and is running up the stairs
stop the man in the red cap
someone is stealing the bikes
thieves inside the warehouse
the bus has been hijacked, the driver is in it
he demanded my wallet
my bag is being slashed
my purse!
three men carrying off the safe
the shutter is being drilled
a man forced his way into the flat
the camera shows two men inside my shop
strange man in the girls' dorm
a drunk we don't know is in our flat
I came home, the door was open and I hear voices
someone behind my wardrobe
a man with a crowbar moving about inside
teenagers have climbed the crane
they let themselves in, I'm hiding
a parcel smells of almonds
unexploded shell at the site
get out or you will all die
sticks of dynamite in the locker
a box of nails and wires under the seat
煙呀！！三座
火呀！快走
煤氣呀！12樓
成條走廊都係煙
有人放火
有人燒緊紙皮
我哋被火圍住
𨋢壞咗，入面有兩個小朋友
撳咗𨋢個警鐘冇人應
門一打開係幅牆
放我哋出嚟
樓上有人掟樽落街
地台塌咗，有人跌咗入去
有個師傅吊咗喺半空
招牌吹到盪吓盪吓，下面有路人
安全扣甩咗，個女仔半個身喺外面
課室有條眼鏡蛇
石屎不停跌
鍋爐爆咗
看台晃動，啲人仲跳緊
條纜斷咗，工人仲喺半空
有個盲人企喺馬路中間
掣板啪啪聲，地下好多水
塌天花
水灌入房，張床墊浮起
樓板條裂縫愈嚟愈闊
坑底浸滿水，有個工人喺下面
風吹冧棚架，有人俾佢壓住
仲行緊雷，班人唔肯上水
山泥沖入間屋
斜坡下滑緊
有人俾浪捲走
獨木舟反咗
企位區有人跌低
捉賊呀！
佢搶咗條頸鏈，仲喺天橋
佢哋洗劫緊收銀
有人偷緊車
佢逼我交電話
我個袋呀！
佢哋抬走夾萬，夾萬抬走緊
我被鎖在倉庫
更衣室有個陌生男人
道門開咗，聽到入面有人講嘢
打爛玻璃聲，快啲
有人爬上天秤
佢放低個喼跑咗
個包裹有杏仁味
大堂有個袋嗶嗶聲
地盤掘到炮彈
唔走就全部人一齊死`.split('\n')

const harmless = `please do not smoke here
the smoke lobby door squeaks
the driver is smoking a cigar outside
the gas bottle delivery is at ten
the lift lobby door does not open before eight
the button in the lift doesn't work
the tree came down last week, all cleared
the balcony is lovely and people sit on it
we touched on this before
the price was a shock
a toy snake for the kids
steam cleaning at nine
the rope is missing from the store
the taxi waited in the middle lane
water the plants by the lamp
the beds are full at the hostel
the waves were lovely today
the wind is strong
boats are for rent
the party was a riot
she is stealing the show
stealing is wrong, say the posters
stop the music at ten
thieves beware signs are ugly
he wants my phone number
the camera shows the lobby
the strange smell of paint
someone let himself in with my key as agreed, my brother
the kids climbed the climbing frame
the show was dynamite
an almond cake for the director
box of nails for the carpenter
香煙呀！邊度有賣
火車呀！好靚
煤氣爐保養
樓梯都係煙頭
放火水爐得唔得
架車俾人鎖咗
我被鎖在門外
𨋢壞咗，幾時整
幅牆打開咗
招牌好靚
條繩斷咗，攞條新嘅
水喉滴水
地下濕滑
風好大
雷雨幾時停
條banner俾風吹走咗
搶購頸鏈
偷懶
更衣室有個新鏡
儲物櫃嗶嗶聲
啲糖一齊食`.split('\n')

describe('danger of places and things with people in reach', () => {
  it.each(dangers)('hears danger now: %s', (text) => expect(findDanger(text).when).toBe('now'))
  it.each(harmless)('hears none now: %s', (text) => expect(findDanger(text).when).not.toBe('now'))
})
