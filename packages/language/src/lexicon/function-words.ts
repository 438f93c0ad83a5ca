/** Words that carry no content of their own: leaving them unread does not make a reading less sure. */
export const functionWords: ReadonlySet<string> = new Set(
  `a about above actually after again ago all alone already alright also am an and any anybody anyone are as at away
  back bad be because been before behind being between both but by bye came can care come comes coming could course
  couple day days did do does doing done down dude during each easy either else end enough etc even ever every
  everybody everyone exactly far fam feel few fellow ffs fine first fits fit for from full fully further get gets
  getting give given go goes going gone gonna good got great guys had happen happened happening happens has have having
  hear here him his hold hour hours how however huge if in indeed instead into is it its itself just keep kind kinda
  know known last late later latest least left less let like little ll long look looked looking looks lot lots lol
  made mainly make makes making many maybe me mean might mind moment more most mostly mr much must my myself name
  near need needed needs never new next nice no nor not nothing now obviously of off often oh ok okay old on once
  one ones only onto open or other others our ours out over own part past people per perhaps person please plus point
  possible possibly pretty previous probably pure quick quickly quite rather re read ready real really recent recently
  remaining rest right roughly said same say says see seem seemed seems seen several shall she should show side sign
  simple simply since single sitting so some somebody somehow someone sometimes somewhat soon sort started still stuff
  such sure sweet take taken tbh tell ten than thank thanks that the their them themselves then there these they
  thing things think this those though through till time times tips to today together told too total touch toward
  towards true try trying tryna two ugh under until up upon us use used using usually ve very via view want wanted
  wants was way we well went were what whatever when where whether which while who whole whom whose why will wish with
  within without wonder wondering word world would wow yeah yep yes yet you your yours yourself bro bruh brother mate
  man sir friend buddy pal ser fren frens anon hmm hm um uh er yo hey omg wtf smh imo imho tho idk ngl fr asap pronto
  cheers appreciated advance kindly ta ty thx damn damned hell hella fucking fuckin freaking freakin bloody shit
  garbage crap lmao haha hehe wagmi ngmi ya yall y'all specifically exact currently current lately finally
  somewhere anywhere overall generally basically literally honestly seriously definitely absolutely totally purely
  currently moment present far s t d m ok 's across among around period window span timeframe time-frame range basis
  terms based according regarding respect regards particular respectively included include including overall
  list result results answer question questions quick line lines one-liner sentence word short brief briefly summary
  output format table ordered sorted sort order rank ranked ranking order descending ascending size minimum maximum
  min max limit count number amount total average mean set group groups category categories sector sectors type types kind kinds
  defi nft nfts gaming ai layer l1 l2 metaverse depin rwa dex privacy infrastructure web3 ecosystem chain chains
  exchange binance kraken usd usdt quote
  state status phase mode stage pattern patterns setup setups shape condition conditions criteria filter filters screen screener
  reading readings behavior behaviour action activity level levels side either direction both way case
  curious interested bored tired boss wife husband friend asking trading crypto market watchlist board dashboard
  small large big mid mega micro low high medium cap caps capped major minor blue chip chips
  anyway anyways anyhow anymore newest freshest lfg crap marketwise favour favor bye goodbye nevermind hahaha test testing dead alive weeks months years telling asking grateful trouble usual suspects handful thousand million billion trillion hundred dozen digit digits safe safer percent pct percentage leave leaving take keep half quarter half-year bil bln bn mil mln mio dollar dollars bucks basis points fold cares key takeaways highlights headlines behaved positive negative bring ages user momentarily heading nah ends obv obvs obviously natch ofc pronto humour humor facts fact typed interesting exciting special notable noteworthy cool recover recovered recovers rebound rebounded bounce bounced ease eased cent summed wrapped bot robot useless stupid dumb lazy stalling matters matter goddamn goddam smth sth whatcha gotta stories story starts starting begin begins beginning become becomes turn turns turned enter enters entered entering hit hits cross crosses shows shown flip flips start beginning early mid hard strong weak strongly`.split(
    /\s+/,
  ),
);
