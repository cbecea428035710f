import { queryOptions } from "@tanstack/react-query";
import type { Message } from "../api/types";
import { keys } from "../live/data";
import { needs } from "../need/calls";

/** The deliveries of a message; the author's stream tells when to ask again (live/events.ts). */
export const deliveriesOf = ({ id, conversation, seq }: Message) =>
  queryOptions({
    queryKey: keys.deliveries(id),
    queryFn: () => needs.deliveries(conversation, seq),
    retry: false,
  });
