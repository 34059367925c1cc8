-- Gives a room a new epoch after Redis lost the end of its log. Messages and top stay.
--
-- KEYS  1 room   hash: epoch, top; forkedFrom and fork: the epoch before this one, and the last
--                offset that holds the same message in both
--       2 log    stream
--       3 nodes  hash nodeId -> number of members
-- ARGV  1 the epoch that lost its end; if the room has another one, nothing happens
--       2 the last offset that is certain
--       3 new epoch
--       4 life of the room without watching nodes, ms
-- returns {epoch, top}
local room_key, log_key, nodes_key = KEYS[1], KEYS[2], KEYS[3]
local damaged_epoch, fork, new_epoch, room_life_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local epoch, top = open_room(room_key, log_key, new_epoch)
if epoch == damaged_epoch then
  redis.call('HSET', room_key, 'epoch', new_epoch, 'forkedFrom', damaged_epoch, 'fork', fork)
  epoch = new_epoch
end
keep_room(room_key, nodes_key, room_life_ms)
return {epoch, top}
