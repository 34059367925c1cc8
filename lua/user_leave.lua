-- Removes a user's connection if it is that claim's or an earlier one's.
--
-- The fence is remembered for a while: the connection's own entry may be late, and would never be
-- removed after this.
--
-- KEYS  1 user     hash consumerId -> '<node>\t<kind of device>\t<fence>\t<since, ms>'
--       2 left     string: the highest fence of the consumer that has left
--       3 changes  stream of who came online and who went
-- ARGV  1 consumer
--       2 fence of the claim
--       3 for how long the fence is remembered, ms
--       4 user
--       5 for how long a change waits to be told, ms; 0: changes are not recorded
-- returns {1 if the connection was removed, else 0, number of connections left,
--         1 if changes wait to be told, else 0}
local user_key, left_key, changes_key = KEYS[1], KEYS[2], KEYS[3]
local consumer, fence, memory_ms, user, wait_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local left = redis.call('GET', left_key)
if not left or tonumber(left) < tonumber(fence) then
  redis.call('SET', left_key, fence, 'PX', memory_ms)
end

-- Counted before one goes: while the slot moves to another master, Redis refuses to look at a hash
-- that has lost its last field.
local removed, connections = 0, redis.call('HLEN', user_key)
local connection = redis.call('HGET', user_key, consumer)
if connection
    and tonumber(string.match(connection, '^[^\t]*\t[^\t]*\t(%d+)')) <= tonumber(fence) then
  redis.call('HDEL', user_key, consumer)
  removed, connections = 1, connections - 1
end
if removed == 1 and connections == 0 then
  record_change(changes_key, wait_ms, user, 'offline', connection)
end
return {removed, connections, untold_changes(changes_key, wait_ms)}
