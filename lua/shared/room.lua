-- Returns a room's epoch and top (as text), and makes the epoch if the room has none.
--
-- A log that outlived its epoch can only be a remnant (an eviction took the room's hash): its
-- offsets would collide with the new ones, so it goes.
local function open_room(room_key, log_key, new_epoch)
  local fields = redis.call('HMGET', room_key, 'epoch', 'top')
  if fields[1] then
    return fields[1], fields[2]
  end
  -- First what a full memory refuses: after it nothing in a script is refused any more.
  redis.call('HSET', room_key, 'epoch', new_epoch, 'top', '0')
  redis.call('DEL', log_key)
  return new_epoch, '0'
end

-- Lets the epoch outlive every cursor that can point at it: without end while a node watches,
-- otherwise for room_life_ms from now.
local function keep_room(room_key, nodes_key, room_life_ms)
  if redis.call('EXISTS', nodes_key) == 1 then
    redis.call('PERSIST', room_key)
  else
    redis.call('PEXPIRE', room_key, room_life_ms)
  end
end

