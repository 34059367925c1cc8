-- Records how many connected members a node has in a room; none ends the watching.
--
-- KEYS  1 room   hash: epoch, top
--       2 log    stream
--       3 nodes  hash nodeId -> number of members
--       4 rooms  set of the rooms that the node watches on this partition
-- ARGV  1 room's name
--       2 node
--       3 number of members, 0 or more
--       4 new epoch, used if the room has none
--       5 life of the room without watching nodes, ms
-- returns {epoch, top}
local room_key, log_key, nodes_key, rooms_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local room, node, members, new_epoch, room_life_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local epoch, top = open_room(room_key, log_key, new_epoch)
if tonumber(members) > 0 then
  redis.call('HSET', nodes_key, node, members)
  redis.call('SADD', rooms_key, room)
else
  redis.call('HDEL', nodes_key, node)
  redis.call('SREM', rooms_key, room)
end
keep_room(room_key, nodes_key, room_life_ms)
return {epoch, top}
