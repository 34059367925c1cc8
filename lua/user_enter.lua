-- Records a user's connection; that of an earlier claim of the consumer does not replace a later.
--
-- KEYS  1 user  hash consumerId -> '<node>\t<kind of device>\t<fence>\t<since, ms>'
-- ARGV  1 consumer
--       2 fence of the claim
--       3 the connection as it is written
-- returns nothing
local user_key = KEYS[1]
local consumer, fence, connection = ARGV[1], ARGV[2], ARGV[3]

local old = redis.call('HGET', user_key, consumer)
if not old or tonumber(string.match(old, '^[^\t]*\t[^\t]*\t(%d+)')) <= tonumber(fence) then
  redis.call('HSET', user_key, consumer, connection)
end
return {}
