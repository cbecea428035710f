import type { components } from "../api/schema";
import type { Message } from "../api/types";

// What the server says of needs and deliveries (internal/parley/delivery.go), by short names.

type Schemas = components["schemas"];

export type Need = NonNullable<Message["need"]>;
export type { Delivery, DeliveryState, Forecast, Reminder, Scheduled } from "../api/types";
export type Budget = Schemas["Budget"];
export type ForecastFor = Schemas["ForecastFor"];
export type Leave = Schemas["Leave"];
export type DeliveryStep = Schemas["DeliveryStep"];
export type Deliveries = Schemas["Trace"];
export type Every = NonNullable<Schemas["Reminder"]["every"]>;
export type Way = NonNullable<DeliveryStep["way"]>;
export type Tally = Partial<Record<Schemas["Delivery"]["state"], number>>;
