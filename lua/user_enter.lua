-- Records a user's connection; that of an earlier claim of the consumer does not replace a later,
-- and one that has been left is not recorded by a call that comes late.
--
-- KEYS  1 user     hash consumerId -> '<node>\t<kind of device>\t<fence>\t<since, ms>'
--       2 left     string: the highest fence of the consumer that has left
--       3 changes  stream of who came online and who went
-- ARGV  1 consumer
--       2 fence of the claim
--       3 the connection as it is written
--       4 user
--       5 for how long a change waits to be told, ms; 0: changes are not recorded
-- returns {1 if the connection is on the list, else 0, number of connections,
--         1 if changes wait to be told, else 0}
local user_key, left_key, changes_key = KEYS[1], KEYS[2], KEYS[3]
local consumer, fence, connection = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local user, wait_ms = ARGV[4], ARGV[5]

local old = redis.call('HGET', user_key, consumer)
local old_fence = old and tonumber(string.match(old, '^[^\t]*\t[^\t]*\t(%d+)'))
local left = redis.call('GET', left_key)
if old and old_fence > fence or left and tonumber(left) >= fence then
  return {0, redis.call('HLEN', user_key), untold_changes(changes_key, wait_ms)}
end

redis.call('HSET', user_key, consumer, connection)
local connections = redis.call('HLEN', user_key)
if not old and connections == 1 then
  record_change(changes_key, wait_ms, user, 'online', connection)
end
return {1, connections, untold_changes(changes_key, wait_ms)}
