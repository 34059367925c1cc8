-- Writes what moved, of any number of mailboxes of one partition.
--
-- KEYS  1… consumers  hashes
-- ARGV  for each of them: the owner's fence, then the state, see write_state
-- returns the places (from 1) of those whose fence was stale; these are unchanged
local stale = {}
local at = 1
for place, consumer_key in ipairs(KEYS) do
  local fence = ARGV[at]
  local fields = redis.call('HMGET', consumer_key, 'fence', 'node')
  if fields[1] == fence and fields[2] then
    at = write_state(consumer_key, at + 1)
  else
    stale[#stale + 1] = place
    at = at + 3 + 2 * tonumber(ARGV[at + 2])
  end
end
return stale
