-- Writes what moved, of any number of mailboxes of one partition.
--
-- The field written says which update was the last one, '<number> <fence> <node>': a note of that
-- claim on that node counts if its number is higher.
--
-- KEYS  1… consumers  hashes
-- ARGV  for each of them: the owner's fence, the update's number under it, then the state, see
--       write_state
-- returns the places (from 1) of those whose fence was stale; these are unchanged
local stale = {}
local at = 1
for place, consumer_key in ipairs(KEYS) do
  local fence, number = ARGV[at], ARGV[at + 1]
  local fields = redis.call('HMGET', consumer_key, 'fence', 'node', 'written')
  local is_owner = fields[1] == fence and fields[2]
  local last_number, last_fence = string.match(fields[3] or '', '^(%d+) (%d+) ')
  if is_owner and (last_fence ~= fence or tonumber(number) >= tonumber(last_number)) then
    local written = number .. ' ' .. fence .. ' ' .. fields[2]
    at = write_state(consumer_key, at + 2, 'written', written)
  else
    -- One that a later update of the same owner has overtaken is not stale: there is nothing to do.
    if not is_owner then
      stale[#stale + 1] = place
    end
    at = at + 4 + 2 * tonumber(ARGV[at + 3])
  end
end
return stale
