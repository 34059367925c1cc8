-- Takes the changes of who is online that wait in a partition, for one node to tell them.
--
-- One node at a time may tell, for as long as its lease; asking again renews it and gives what is
-- left. The node's right ends when nothing is left.
--
-- KEYS  1 changes  stream of who came online and who went
--       2 teller   string: the node that tells now
-- ARGV  1 node
--       2 lease, ms
--       3 the id after the last change that the node has told, which go; '' for none
--       4 the most changes to take
--       5 life of an empty list, ms
-- returns {for how long another node may go on telling, ms, 0 if this one may,
--         then for each change its id, user, 'online' or 'offline', device, node}
local changes_key, teller_key = KEYS[1], KEYS[2]
local node, lease_ms, after_told, limit, empty_life_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

if after_told ~= '' then
  redis.call('XTRIM', changes_key, 'MINID', after_told)
end
local teller = redis.call('GET', teller_key)
if teller and teller ~= node then
  return {math.max(1, redis.call('PTTL', teller_key))}
end
local changes = redis.call('XRANGE', changes_key, '-', '+', 'COUNT', limit)
if #changes == 0 then
  if teller then
    redis.call('DEL', teller_key)
  end
  if after_told ~= '' then
    redis.call('PEXPIRE', changes_key, empty_life_ms)
  end
  return {0}
end
redis.call('SET', teller_key, node, 'PX', lease_ms)
local answer = {0}
for _, change in ipairs(changes) do
  local fields = change[2]
  answer[#answer + 1] = change[1]
  answer[#answer + 1] = fields[2]
  answer[#answer + 1] = fields[4]
  answer[#answer + 1] = fields[6]
  answer[#answer + 1] = fields[8]
end
return answer
