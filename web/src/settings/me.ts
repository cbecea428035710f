import { accounts, type Profile } from "../api/accounts";
import type { Me, Person, Status } from "../api/types";
import { applyToBoot } from "../live/apply";
import { changeBoot, currentBoot } from "../live/data";

// Changes of myself: what the server answers goes into the one cache.

function tookIn(person: Person) {
  changeBoot((boot) => applyToBoot(boot, { type: "person", person }));
}

export async function changeMe(change: Profile) {
  const { email, has_password, passkeys, ...person } = await accounts.changeMe(change);
  tookIn(person);
}

export async function setPicture(picture: Blob | undefined) {
  if (picture) tookIn(await accounts.setPicture(picture));
  else {
    await accounts.removePicture();
    await lookAgain();
  }
}

/** At once here, then on the server; taken back when it refuses. */
export async function setStatus(status: Status | undefined) {
  const before = currentBoot()?.me.status;
  const show = (shown: Status | undefined) =>
    changeBoot((boot) => ({
      ...boot,
      me: { ...boot.me, status: shown },
      people: boot.people.map((person) => (person.id === boot.me.id ? { ...person, status: shown } : person)),
    }));
  show(status);
  try {
    if (status) tookIn(await accounts.setStatus(status));
    else await accounts.clearStatus();
  } catch (error) {
    show(before);
    throw error;
  }
}

/** How I can get in may have changed: ask again. */
export async function lookAgain() {
  const me: Me = await accounts.me();
  changeBoot((boot) => ({ ...boot, me: { ...boot.me, ...me, avatar: me.avatar, status: me.status } }));
  const { email, has_password, passkeys, ...person } = me;
  tookIn(person);
}
