// Written by `npm run generate` from the OpenAPI document of the server. Do not edit.

export interface paths {
    "/api/v1/asked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My messages that wait on others */
        get: operations["get-asked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that an app shows first: me, people, my conversations, drafts */
        get: operations["get-boot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bots */
        get: operations["get-bots"];
        put?: never;
        /**
         * Make a bot
         * @description A bot takes part like a member, and comes in by its access tokens only.
         */
        post: operations["post-bots"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bots/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a bot
         * @description Its tokens are revoked; what it said stays.
         */
        delete: operations["delete-bots-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bots/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A bot's access tokens */
        get: operations["get-bots-id-tokens"];
        put?: never;
        /** Make an access token of a bot */
        post: operations["post-bots-id-tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many urgent messages I may still send */
        get: operations["get-budget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catch-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has happened since I last worked */
        get: operations["get-catch-up"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catch-up/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark conversations as read up to here */
        post: operations["post-catch-up-read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My conversations, the one that moved last first */
        get: operations["get-conversations"];
        put?: never;
        /** Begin a conversation, or get the one there is for the same people */
        post: operations["post-conversations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation */
        get: operations["get-conversations-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename, publish, close, archive a channel */
        patch: operations["patch-conversations-id"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep a draft for all my devices; empty removes it */
        put: operations["put-conversations-id-draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a public channel */
        post: operations["post-conversations-id-join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a channel */
        post: operations["post-conversations-id-leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** How I have a conversation: level, muted, section */
        patch: operations["patch-conversations-id-me"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is in a conversation */
        get: operations["get-conversations-id-members"];
        put?: never;
        /** Add people to a channel */
        post: operations["post-conversations-id-members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/members/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove somebody from a channel */
        delete: operations["delete-conversations-id-members-person"];
        options?: never;
        head?: never;
        /** Make a member a manager of the channel, or no longer */
        patch: operations["patch-conversations-id-members-person"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a conversation or thread; the newest when no seq is named */
        get: operations["get-conversations-id-messages"];
        put?: never;
        /** Say something; 200 instead of 201 when the key was used before */
        post: operations["post-conversations-id-messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message */
        get: operations["get-conversations-id-messages-seq"];
        put?: never;
        post?: never;
        /** Delete a message: its text, history and files are gone, its place stays */
        delete: operations["delete-conversations-id-messages-seq"];
        options?: never;
        head?: never;
        /** Change what I said; what it said before is kept */
        patch: operations["patch-conversations-id-messages-seq"];
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that I have taken note of what wants an answer or is urgent */
        put: operations["put-conversations-id-messages-seq-acknowledge"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close my decision before its time */
        post: operations["post-conversations-id-messages-seq-close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a message has come, and why; to others than its author, what concerns them */
        get: operations["get-conversations-id-messages-seq-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a message, with its thread, to another conversation */
        post: operations["post-conversations-id-messages-seq-move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Pin a message for everybody in the conversation */
        put: operations["put-conversations-id-messages-seq-pin"];
        post?: never;
        /** Unpin a message */
        delete: operations["delete-conversations-id-messages-seq-pin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** React with an emoji */
        put: operations["put-conversations-id-messages-seq-reactions-emoji"];
        post?: never;
        /** Take a reaction back */
        delete: operations["delete-conversations-id-messages-seq-reactions-emoji"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a message said before it was edited */
        get: operations["get-conversations-id-messages-seq-revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/vote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say which option I am for; until it is decided I may change it */
        put: operations["put-conversations-id-messages-seq-vote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages/{seq}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what I said before it has reached anybody; the answer has what it said */
        post: operations["post-conversations-id-messages-seq-withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pinned messages of a conversation */
        get: operations["get-conversations-id-pins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** I have read up to here; back to keep something unread */
        put: operations["put-conversations-id-read"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The incoming webhooks of a channel */
        get: operations["get-conversations-id-webhooks"];
        put?: never;
        /** Make an incoming webhook; it takes what Slack's take */
        post: operations["post-conversations-id-webhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/browse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public channels that I could join */
        get: operations["get-conversations-browse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have begun to write */
        get: operations["get-drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file: its bytes are the body. Post it in a message next; until then only you see it */
        post: operations["post-files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How a message would reach its recipients if it were sent now */
        post: operations["post-forecast"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups of people */
        get: operations["get-groups"];
        put?: never;
        /** Make a group */
        post: operations["post-groups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a group */
        delete: operations["delete-groups-id"];
        options?: never;
        head?: never;
        /** Change a group */
        patch: operations["patch-groups-id"];
        trace?: never;
    };
    "/api/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What wants something from me, the most needed first */
        get: operations["get-inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{message}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that I have taken note, also in another's place */
        post: operations["post-inbox-message-acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{message}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a message from my Inbox; I am not told of it again */
        post: operations["post-inbox-message-done"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{message}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give to another member what a message wants of me */
        post: operations["post-inbox-message-hand-over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{message}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a message off */
        post: operations["post-inbox-message-snooze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inbox/{message}/undone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring it back */
        post: operations["post-inbox-message-undone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Invitations that can be accepted
         * @description Yours; for owners and admins everybody's.
         */
        get: operations["get-invitations"];
        put?: never;
        /** Invite people */
        post: operations["post-invitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invitation */
        delete: operations["delete-invitations-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{token}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an account by an invitation */
        post: operations["post-invitations-token-accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{token}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an invitation offers */
        get: operations["get-invitations-token-offer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** You */
        get: operations["get-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what you tell of yourself */
        patch: operations["patch-me"];
        trace?: never;
    };
    "/api/v1/me/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set your picture
         * @description The body is the image itself: PNG, JPEG, GIF or WebP. The middle of it is kept, small.
         */
        put: operations["put-me-avatar"];
        post?: never;
        /** Take your picture away */
        delete: operations["delete-me-avatar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your mail address, and whether it is confirmed */
        get: operations["get-me-email"];
        /**
         * Change the mail address that you sign in with
         * @description Confirm it by your password or a passkey.
         */
        put: operations["put-me-email"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link sent that confirms your mail address
         * @description It works once, for 24 hours; all former ones are void. Between two of them one waits a minute, and longer each time.
         */
        post: operations["post-me-email-confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email/prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a mail address by the link that was sent to it */
        post: operations["post-me-email-prove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/email/prove/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which address a link confirms */
        post: operations["post-me-email-prove-offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set your password
         * @description Signs you out everywhere else.
         */
        put: operations["put-me-password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your preferences */
        get: operations["get-me-preferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change your preferences
         * @description A JSON merge patch (RFC 7396): null takes a preference away. Known to all apps are read_receipts, show_presence, enter_sends, write_markdown (true or false), theme (auto, light, dark) and density (calm, dense); an app may keep its own.
         */
        patch: operations["patch-me-preferences"];
        trace?: never;
    };
    "/api/v1/me/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what you are up to */
        put: operations["put-me-status"];
        post?: never;
        /** Take your status back */
        delete: operations["delete-me-status"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisation and its rules */
        get: operations["get-organisation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the organisation */
        patch: operations["patch-organisation"];
        trace?: never;
    };
    "/api/v1/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your passkeys */
        get: operations["get-passkeys"];
        put?: never;
        /** Add a passkey */
        post: operations["post-passkeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a passkey */
        delete: operations["delete-passkeys-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/passkeys/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to add a passkey */
        post: operations["post-passkeys-begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People whom you may see
         * @description Members see everybody, guests those they share a conversation with.
         */
        get: operations["get-people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Somebody whom you may see */
        get: operations["get-people-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change somebody's role or account
         * @description For owners and admins; nobody may be raised above oneself, and there is always an owner.
         */
        patch: operations["patch-people-id"];
        trace?: never;
    };
    "/api/v1/people/{id}/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link by which somebody who is locked out gets in
         * @description For owners and admins, and nobody above them. It works once, for 24 hours; all former ones are void. Who opens it sets a new password or makes a passkey, which ends all sessions of the account.
         */
        post: operations["post-people-id-recovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The browsers in which I am told, and the server's key */
        get: operations["get-push"];
        put?: never;
        /** Be told in this browser */
        post: operations["post-push"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/push/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Be told no more in a browser */
        delete: operations["delete-push-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/push/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show a notification there, to try it */
        post: operations["post-push-id-test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How I want to be reached */
        get: operations["get-reach"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change how I want to be reached; what is on its way to me is planned anew */
        patch: operations["patch-reach"];
        trace?: never;
    };
    "/api/v1/reach/focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Let nothing disturb me for a while that is not urgent */
        put: operations["put-reach-focus"];
        post?: never;
        /** Let me be disturbed again */
        delete: operations["delete-reach-focus"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reach/ways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** By which ways this server, and I, can be reached */
        get: operations["get-reach-ways"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Recover an account with a new password or passkey */
        post: operations["post-recovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recovery/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose account a recovery link opens */
        post: operations["post-recovery-offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recovery/passkey/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to recover an account with a new passkey */
        post: operations["post-recovery-passkey-begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I will be reminded of, the next first */
        get: operations["get-reminders"];
        put?: never;
        /** Be reminded of a message */
        post: operations["post-reminders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reminders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Be reminded no more */
        delete: operations["delete-reminders-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How a body will look */
        post: operations["post-render"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have saved for later */
        get: operations["get-saved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Save a message for later */
        put: operations["put-saved-id"];
        post?: never;
        /** Save a message no longer */
        delete: operations["delete-saved-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I have written to be sent later, the next first */
        get: operations["get-scheduled"];
        put?: never;
        /** Have something said later */
        post: operations["post-scheduled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scheduled/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Throw away what was to be sent later */
        delete: operations["delete-scheduled-id"];
        options?: never;
        head?: never;
        /** Change what is sent later, or when */
        patch: operations["patch-scheduled-id"];
        trace?: never;
    };
    "/api/v1/scheduled/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send it now */
        post: operations["post-scheduled-id-send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search all that I may see, the newest first */
        get: operations["get-search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in */
        get: operations["get-sessions"];
        put?: never;
        /** Sign in with a password */
        post: operations["post-sessions"];
        /** Sign out everywhere else */
        delete: operations["delete-sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out
         * @description The id current means the session that asks.
         */
        delete: operations["delete-sessions-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey */
        post: operations["post-sessions-passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/passkey/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to sign in with a passkey */
        post: operations["post-sessions-passkey-begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first owner is needed */
        get: operations["get-setup"];
        put?: never;
        /** Become the first owner */
        post: operations["post-setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your access tokens */
        get: operations["get-tokens"];
        put?: never;
        /** Make an access token */
        post: operations["post-tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an access token
         * @description One of yours; or one of a bot, for who manages bots.
         */
        delete: operations["delete-tokens-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a webhook */
        delete: operations["delete-webhooks-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessToken: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /**
             * Format: date-time
             * @description Absent: never
             */
            expires_at?: string;
            id: string;
            /**
             * Format: date-time
             * @description Exact to five minutes
             */
            last_used_at?: string;
            name: string;
            /** @description As whom it acts */
            person: string;
        };
        Account: {
            /** Format: email */
            email: string;
            hours?: components["schemas"]["Hours"][];
            /** @example de */
            language: string;
            name: string;
            /** @description At least 10 characters. May be left out by who registers a passkey at once */
            password?: string;
            /** @example Europe/Berlin */
            zone: string;
        };
        AddMembersBody: {
            people: string[];
        };
        Address: {
            /** @description This server sends mail */
            configured: boolean;
            email?: string;
            /** @description A link that was sent to it has been opened: mail about what is missed goes there */
            proven: boolean;
        };
        Answer: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            how: "answered" | "acknowledged";
            person: string;
            /**
             * Format: int64
             * @description Of the message that answers
             */
            seq?: number;
        };
        Asked: {
            /** Format: int64 */
            answered: number;
            message: components["schemas"]["Message"];
            /**
             * Format: int64
             * @description How many were asked
             */
            total: number;
            /**
             * Format: int64
             * @description How many of all who are waited for have not seen it
             */
            unseen: number;
            /** @description Who has neither answered nor acknowledged; at most 50 */
            waiting: string[];
        };
        AskedList: {
            asked: components["schemas"]["Asked"][];
        };
        Boot: {
            /** @description Those I am in */
            conversations: components["schemas"]["Conversation"][];
            drafts: components["schemas"]["Draft"][];
            groups: components["schemas"]["PersonGroup"][];
            inbox: components["schemas"]["Inbox"];
            /** @description What I may do beside what a conversation allows */
            may: string[];
            me: components["schemas"]["Me"];
            /**
             * Format: date-time
             * @description What the server's clock says
             */
            now: string;
            organisation: components["schemas"]["Organisation"];
            /** @description Whom I may see */
            people: components["schemas"]["Person"][];
            preferences: {
                [key: string]: unknown;
            };
            reach: components["schemas"]["Reach"];
            /** @description Ids of the messages I have saved */
            saved: string[];
            /** @description What I have written to be sent later */
            scheduled: components["schemas"]["Scheduled"][];
            /** @description Of the server; another one means that the app should be loaded again */
            version: string;
        };
        BotOrder: {
            /** @description Made from the name when absent */
            handle?: string;
            name: string;
        };
        Budget: {
            /** Format: int64 */
            left: number;
            /** Format: int64 */
            of: number;
            /**
             * Format: date-time
             * @description When the next one is given back
             */
            until: string;
        };
        ByProof: {
            /** @description From the link's fragment */
            token: string;
        };
        ByRecovery: {
            /** @description From the link's fragment */
            token: string;
        };
        CatchUp: {
            /** @description Those with something unread, what matters most first */
            conversations: components["schemas"]["CaughtUpWith"][];
            /** @description Questions and urgent messages that have found their answer meanwhile */
            settled: components["schemas"]["Asked"][];
            /** Format: date-time */
            since: string;
            /** @description What still waits for them, the first first */
            waiting: components["schemas"]["Item"][];
        };
        CaughtUpBody: {
            /** @description By id: the seq up to which all is read */
            conversations: {
                [key: string]: number;
            };
        };
        CaughtUpWith: {
            /** @description What has changed: pinned, renamed, joined; at most 10 */
            changes: components["schemas"]["Message"][];
            conversation: string;
            /**
             * Format: int64
             * @description Seq of the first unread message
             */
            first: number;
            /**
             * Format: int64
             * @description And of the last: mark as read up to here
             */
            last: number;
            /** Format: int64 */
            mentions: number;
            /** @description What is worth reading first: what names them, has most reactions or replies, at most 5 */
            messages: components["schemas"]["Message"][];
            /** @description Who has said something, the one who said most first; at most 10 */
            people: string[];
            /** Format: int64 */
            unread: number;
        };
        Ceremony: {
            /** @description For PublicKeyCredential.parseCreationOptionsFromJSON or parseRequestOptionsFromJSON */
            options: unknown;
            /** @description Send it back as it is */
            state?: string;
        };
        ChangeConversationBody: {
            archived?: boolean;
            name?: string;
            purpose?: string;
            /** @enum {string} */
            visibility?: "public" | "private";
        };
        ChangeMemberBody: {
            /** @enum {string} */
            role: "manager" | "member";
        };
        ChangeMineBody: {
            /** @enum {string} */
            level?: "" | "all" | "mentions" | "nothing";
            muted?: boolean;
            section?: string;
        };
        ChangeScheduledBody: {
            /** Format: date-time */
            at?: string;
            body?: string;
            /** Format: date-time */
            by?: string;
            /** @enum {string} */
            need?: "whenever" | "normal" | "answer" | "urgent";
            reason?: string;
            work?: boolean;
        };
        Conversation: {
            /** Format: date-time */
            archived_at?: string;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            id: string;
            /** @enum {string} */
            kind: "direct" | "group" | "channel";
            /** Format: date-time */
            last_at?: string;
            /**
             * Format: int64
             * @description Offset of the realtime stream
             */
            last_change: number;
            /**
             * Format: int64
             * @description The newest message; unread = last_seq - me.read_seq
             */
            last_seq: number;
            /** @description Absent when the reader is no member */
            me?: components["schemas"]["Membership"];
            /**
             * Format: int64
             * @description How many
             */
            members: number;
            /** @description Empty for direct and group: show the names of the others */
            name?: string;
            /** @description Of direct and group: who is in it, me too */
            people?: string[];
            purpose?: string;
            /** Format: int64 */
            version: number;
            /** @enum {string} */
            visibility: "public" | "private";
        };
        ConversationList: {
            conversations: components["schemas"]["Conversation"][];
        };
        CreateConversationBody: {
            /** @enum {string} */
            kind: "direct" | "group" | "channel";
            /** @description Of a channel */
            name?: string;
            /** @description Beside yourself */
            people?: string[];
            purpose?: string;
            /**
             * @description Of a channel
             * @enum {string}
             */
            visibility?: "public" | "private";
        };
        CreateHookBody: {
            /** @description What its messages are signed with */
            name: string;
        };
        Decision: {
            /** Format: date-time */
            closed_at?: string;
            /**
             * Format: int64
             * @description Number of the option, from 0, that it is if nobody objects
             */
            default?: number;
            /**
             * @description How the outcome came to be
             * @enum {string}
             */
            how?: "voted" | "default" | "no_quorum" | "tie" | "no_votes";
            options: components["schemas"]["Option"][];
            /**
             * Format: int64
             * @description Number of the option; absent: none was found
             */
            outcome?: number;
            /**
             * Format: int64
             * @description How many must vote for another outcome than the default
             */
            quorum?: number;
        };
        Delivery: {
            /**
             * Format: date-time
             * @description When it came to this state
             */
            at: string;
            because: string;
            message: string;
            /**
             * Format: date-time
             * @description When the next step is due
             */
            next?: string;
            person: string;
            /** @enum {string} */
            state: "waiting" | "told" | "seen" | "answered" | "acknowledged" | "missed" | "withdrawn";
            steps: components["schemas"]["DeliveryStep"][];
            /** @enum {string} */
            wants: "look" | "answer" | "acknowledge" | "reminder" | "report";
        };
        DeliveryStep: {
            /**
             * Format: date-time
             * @description When it is due, or was
             */
            at: string;
            /** @description Of ask: whom */
            deputy?: string;
            /** Format: date-time */
            done_at?: string;
            /** @description Why it failed */
            note?: string;
            /** @enum {string} */
            state: "due" | "done" | "needless" | "failed";
            /**
             * @description What makes it needless
             * @enum {string}
             */
            unless?: "seen" | "answered" | "acknowledged";
            /** @enum {string} */
            way?: "app" | "push" | "email" | "sms" | "phone";
            /** @enum {string} */
            what: "show" | "tell" | "bundle" | "summarise" | "ask" | "report";
            /** @description Code of the reason */
            why: string;
        };
        Device: {
            /** Format: date-time */
            created_at: string;
            id: string;
            /**
             * Format: date-time
             * @description When it was told something last
             */
            last_used_at?: string;
            name: string;
            /** @description The browser that asks */
            this?: boolean;
        };
        DeviceList: {
            devices: components["schemas"]["Device"][];
            /** @description The server's public key (VAPID, base64url): applicationServerKey of a subscription */
            key: string;
        };
        Draft: {
            body: string;
            conversation: string;
            files: components["schemas"]["File"][];
            /** Format: int64 */
            thread?: number;
            /** Format: date-time */
            updated_at: string;
        };
        DraftList: {
            drafts: components["schemas"]["Draft"][];
        };
        EditMessageBody: {
            body: string;
        };
        EmailProofOffer: {
            /** @description The address that is theirs */
            email: string;
            /** @description Whose account it is */
            name: string;
            organisation: string;
        };
        File: {
            /** Format: int64 */
            height?: number;
            id: string;
            /** @description Found by looking at the content */
            media_type: string;
            name: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
            /** @description There is a small picture under /files/{id}/thumb */
            thumb?: boolean;
            /**
             * Format: int64
             * @description Pixels, of images
             */
            width?: number;
        };
        FocusBody: {
            /**
             * Format: double
             * @description Instead: for so long from now on
             */
            hours?: number;
            /** Format: date-time */
            until?: string;
        };
        Forecast: {
            /** @description Of urgent messages */
            budget?: components["schemas"]["Budget"];
            /**
             * Format: date-time
             * @description When the last of those who wait is told
             */
            last?: string;
            /**
             * Format: int64
             * @description How many wait for their hours
             */
            later: number;
            /**
             * Format: int64
             * @description How many of them are reached at once: their app is open, or they are told by another way
             */
            now: number;
            /** @description Each recipient, the soonest first; at most 20 */
            people: components["schemas"]["ForecastFor"][];
            /**
             * Format: int64
             * @description How many are not told, but find it
             */
            quiet: number;
            /**
             * Format: int64
             * @description How many recipients there are
             */
            total: number;
        };
        ForecastBody: {
            /** @description As far as it is written: whom it mentions counts */
            body: string;
            /** Format: date-time */
            by?: string;
            conversation: string;
            /** @enum {string} */
            need?: "whenever" | "normal" | "answer" | "urgent";
            /** Format: int64 */
            thread?: number;
        };
        ForecastFor: {
            /**
             * Format: date-time
             * @description When they are told, or shown it; absent: they find it by themselves
             */
            at?: string;
            /** @description They are out of office */
            leave?: components["schemas"]["Leave"];
            person: string;
            /**
             * Format: date-time
             * @description When an urgent message would be told; absent: it would not break through
             */
            urgent?: string;
            /** @enum {string} */
            way?: "app" | "push" | "email" | "sms" | "phone";
            /** @description Code of the reason, as of a step */
            why: string;
        };
        Found: {
            messages: components["schemas"]["Message"][];
            /** @description Ask for before this for more; absent: that was all */
            next?: string;
            /** @description To be marked in the texts */
            words: string[];
        };
        Founding: {
            /** Format: email */
            email: string;
            hours?: components["schemas"]["Hours"][];
            /** @example de */
            language: string;
            name: string;
            organisation: string;
            /** @description At least 10 characters. May be left out by who registers a passkey at once */
            password?: string;
            /** @description From the link's fragment */
            token: string;
            /** @example Europe/Berlin */
            zone: string;
        };
        GroupChange: {
            handle?: string;
            members?: string[];
            name?: string;
        };
        HandOverBody: {
            note?: string;
            person: string;
        };
        Happened: {
            name?: string;
            people?: string[];
            /**
             * Format: int64
             * @description Of the message that it is about
             */
            seq?: number;
            /** @enum {string} */
            what: "created" | "joined" | "left" | "added" | "removed" | "renamed" | "purpose" | "archived" | "unarchived" | "pinned" | "published" | "closed" | "decided";
        };
        Held: {
            /** Format: int64 */
            messages: number;
            /**
             * Format: date-time
             * @description When they are told of next
             */
            until?: string;
        };
        Hook: {
            conversation: string;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            id: string;
            /** Format: date-time */
            last_used_at?: string;
            name: string;
            /** @description The bot that it posts as */
            person: string;
        };
        HookList: {
            webhooks: components["schemas"]["Hook"][];
        };
        Hours: {
            /**
             * Format: int64
             * @description ISO 8601: Monday is 1
             */
            day: number;
            /** @example 09:00 */
            from: string;
            /** @example 17:00 */
            to: string;
        };
        Inbox: {
            held: components["schemas"]["Held"];
            /** @description The most needed first */
            items: components["schemas"]["Item"][];
            /** @description What is put off, the next first */
            later: components["schemas"]["Item"][];
        };
        Invitation: {
            /** @description Which who accepts joins */
            conversations: string[];
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            note?: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "guest";
            /** Format: int64 */
            uses_left: number;
        };
        InvitationOrder: {
            /** @description Which who accepts joins: the inviter must be able to add people there */
            conversations?: string[];
            /**
             * Format: int64
             * @default 7
             */
            expires_in_days: number;
            /** @description For the list of invitations */
            note?: string;
            /**
             * @description Never above one's own
             * @enum {string}
             */
            role: "owner" | "admin" | "member" | "guest";
            /**
             * Format: int64
             * @default 1
             */
            uses: number;
        };
        Item: {
            /**
             * Format: date-time
             * @description Since when it is here
             */
            at: string;
            /**
             * @description What it has to do with them
             * @enum {string}
             */
            because: "direct" | "mentioned" | "thread" | "member" | "deputy" | "handed_over" | "reminder" | "report";
            /** @description Who handed it over, whose deputy they are, or whom it has not reached; absent: it was theirs from the start */
            from?: string;
            /** @description Of a deputy who may not see it: without what it says */
            message: components["schemas"]["Message"];
            /** @description Of a reminder, or of who handed it over */
            note?: string;
            /**
             * Format: date-time
             * @description Put off until then
             */
            until?: string;
            /**
             * Format: int64
             * @description Grows with each change; a client keeps the greatest
             */
            version: number;
            /** @enum {string} */
            wants: "look" | "answer" | "acknowledge" | "reminder" | "report";
        };
        KeysStruct: {
            auth: string;
            p256dh: string;
        };
        Leave: {
            deputy?: string;
            /** Format: date-time */
            from: string;
            /** @description For who writes meanwhile */
            text?: string;
            /** Format: date-time */
            to: string;
        };
        Levels: {
            /** @enum {string} */
            channel: "all" | "mentions" | "nothing";
            /** @enum {string} */
            direct: "all" | "mentions" | "nothing";
            /** @enum {string} */
            group: "all" | "mentions" | "nothing";
        };
        Me: {
            /** @description Path of the picture; absent: initials are shown */
            avatar?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deactivated_at?: string;
            email?: string;
            /** @description Unique, lower case: what follows the @ of a mention */
            handle: string;
            has_password: boolean;
            /** @description Weekly working hours, wall clock in the zone */
            hours: components["schemas"]["Hours"][];
            id: string;
            /** @enum {string} */
            kind: "human" | "bot";
            /**
             * @description BCP 47
             * @example de
             */
            language: string;
            /** Format: date-time */
            last_seen_at?: string;
            name: string;
            /**
             * Format: int64
             * @description How many
             */
            passkeys: number;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "guest";
            status?: components["schemas"]["Status"];
            /** @description What they do, in their words */
            title?: string;
            /**
             * Format: int64
             * @description Grows with each change; a client keeps the greatest it has seen
             */
            version: number;
            /**
             * @description IANA time zone
             * @example Europe/Berlin
             */
            zone: string;
        };
        Member: {
            /** Format: date-time */
            joined_at: string;
            person: string;
            /** Format: date-time */
            read_at?: string;
            /**
             * Format: int64
             * @description Absent when they do not show it
             */
            read_seq?: number;
            /** @enum {string} */
            role: "manager" | "member";
        };
        MemberList: {
            members: components["schemas"]["Member"][];
        };
        Membership: {
            /** Format: date-time */
            joined_at: string;
            /** @enum {string} */
            level: "" | "all" | "mentions" | "nothing";
            /**
             * Format: int64
             * @description Unread messages that mention the person, by name, group or everyone
             */
            mentions: number;
            muted: boolean;
            /**
             * Format: int64
             * @description All up to here has been read
             */
            read_seq: number;
            /** @enum {string} */
            role: "manager" | "member";
            /** @description The person's own heading in the list of conversations */
            section?: string;
            /** Format: int64 */
            version: number;
        };
        Message: {
            /** @description Of needs answer and urgent: who has, the first first */
            answers?: components["schemas"]["Answer"][];
            /** @description Of a webhook: the name and picture it asked to be shown with */
            as?: components["schemas"]["ShownAs"];
            author: string;
            /** @description Markdown */
            body: string;
            /**
             * Format: date-time
             * @description Of need answer: when it is wanted
             */
            by?: string;
            /**
             * Format: int64
             * @description The conversation's change that made this state; a client keeps the greatest
             */
            change: number;
            conversation: string;
            /** Format: date-time */
            created_at: string;
            /** @description Of need answer: what is to be decided */
            decision?: components["schemas"]["Decision"];
            /** Format: date-time */
            deleted_at?: string;
            deleted_by?: string;
            /** Format: date-time */
            edited_at?: string;
            /** @description Mentions everyone */
            everyone?: boolean;
            files?: components["schemas"]["File"][];
            /** @description Of a system message */
            happened?: components["schemas"]["Happened"];
            /** @description The body rendered and sanitised by the server */
            html: string;
            id: string;
            /** @description The author's idempotency key */
            key?: string;
            /** @enum {string} */
            kind: "text" | "system" | "moved";
            /** Format: date-time */
            last_reply_at?: string;
            /** Format: int64 */
            last_reply_seq?: number;
            /** @description People mentioned by name or group */
            mentions?: string[];
            /** @description Of kind moved; who may not see that place finds nothing there */
            moved_to?: components["schemas"]["Place"];
            /**
             * @description How much it matters; absent: normal
             * @enum {string}
             */
            need?: "whenever" | "normal" | "answer" | "urgent";
            /** Format: date-time */
            pinned_at?: string;
            pinned_by?: string;
            previews?: components["schemas"]["Preview"][];
            reactions?: components["schemas"]["Reaction"][];
            /** @description Of need urgent: why */
            reason?: string;
            /**
             * Format: int64
             * @description Of a thread's root
             */
            replies?: number;
            /**
             * Format: int64
             * @description 1, 2, 3 ... in its conversation, without gaps
             */
            seq: number;
            /**
             * Format: int64
             * @description Seq of the thread's root; absent outside threads
             */
            thread?: number;
            via: string;
            /** @description Taken back before it reached anybody: show nothing at all */
            withdrawn?: boolean;
        };
        MessageList: {
            messages: components["schemas"]["Message"][];
        };
        MoveMessageBody: {
            conversation: string;
        };
        NewDecision: {
            /**
             * Format: int64
             * @description Number of the option, from 0, that it is if nobody objects
             */
            default?: number;
            options: string[];
            /**
             * Format: int64
             * @description How many must vote for another outcome than the default
             */
            quorum?: number;
        };
        NewHook: {
            conversation: string;
            /** Format: date-time */
            created_at: string;
            created_by: string;
            id: string;
            /** Format: date-time */
            last_used_at?: string;
            name: string;
            /** @description The bot that it posts as */
            person: string;
            /** @description Told once: who knows it may post */
            url: string;
        };
        NewInvitation: {
            /** @description Which who accepts joins */
            conversations: string[];
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            note?: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "guest";
            /** @description Pass it on: it is not told again */
            url: string;
            /** Format: int64 */
            uses_left: number;
        };
        NewRecovery: {
            /** Format: date-time */
            expires_at: string;
            person: string;
            /** @description Pass it on to them alone: it is not told again */
            url: string;
        };
        NewToken: {
            /** Format: date-time */
            created_at: string;
            created_by: string;
            /**
             * Format: date-time
             * @description Absent: never
             */
            expires_at?: string;
            id: string;
            /**
             * Format: date-time
             * @description Exact to five minutes
             */
            last_used_at?: string;
            name: string;
            /** @description As whom it acts */
            person: string;
            /** @description Keep it: it is not told again */
            token: string;
        };
        Offer: {
            /** @description Their name */
            invited_by: string;
            /** @description Of the organisation */
            language: string;
            organisation: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "guest";
            /** @description Of the organisation */
            zone: string;
        };
        Option: {
            people: string[];
            text: string;
        };
        Organisation: {
            /**
             * @description Who may create channels: these and above
             * @enum {string}
             */
            create_channels: "member" | "admin";
            /**
             * @description Who may invite people
             * @enum {string}
             */
            invite: "member" | "admin";
            language: string;
            /**
             * @description Who may mention everyone in large rooms
             * @enum {string}
             */
            mention_everyone: "member" | "admin";
            name: string;
            /**
             * Format: int64
             * @description How many urgent messages a person may send in 24 hours
             */
            urgent: number;
            /** @description IANA time zone that new people are offered */
            zone: string;
        };
        OrganisationChange: {
            /** @enum {string} */
            create_channels?: "member" | "admin";
            /** @enum {string} */
            invite?: "member" | "admin";
            language?: string;
            /** @enum {string} */
            mention_everyone?: "member" | "admin";
            name?: string;
            /** Format: int64 */
            urgent?: number;
            zone?: string;
        };
        Page: {
            /** @description There is nothing before */
            first: boolean;
            /** @description There is nothing after */
            last: boolean;
            /**
             * Format: int64
             * @description The state is at least as new as this offset of the stream
             */
            last_change: number;
            /** Format: int64 */
            last_seq: number;
            /**
             * Format: int64
             * @description How many are in the conversation
             */
            members: number;
            messages: components["schemas"]["Message"][];
        };
        Passkey: {
            /** Format: date-time */
            created_at: string;
            id: string;
            /** Format: date-time */
            last_used_at?: string;
            name: string;
        };
        Person: {
            /** @description Path of the picture; absent: initials are shown */
            avatar?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deactivated_at?: string;
            /** @description Unique, lower case: what follows the @ of a mention */
            handle: string;
            /** @description Weekly working hours, wall clock in the zone */
            hours: components["schemas"]["Hours"][];
            id: string;
            /** @enum {string} */
            kind: "human" | "bot";
            /**
             * @description BCP 47
             * @example de
             */
            language: string;
            /** Format: date-time */
            last_seen_at?: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "admin" | "member" | "guest";
            status?: components["schemas"]["Status"];
            /** @description What they do, in their words */
            title?: string;
            /**
             * Format: int64
             * @description Grows with each change; a client keeps the greatest it has seen
             */
            version: number;
            /**
             * @description IANA time zone
             * @example Europe/Berlin
             */
            zone: string;
        };
        PersonChange: {
            /** @description Signs them out everywhere; what they said stays */
            deactivated?: boolean;
            name?: string;
            /** @enum {string} */
            role?: "owner" | "admin" | "member" | "guest";
            title?: string;
        };
        PersonGroup: {
            handle: string;
            id: string;
            members: string[];
            name: string;
        };
        Place: {
            conversation: string;
            /** Format: int64 */
            seq: number;
        };
        "Post-passkeysRequest": {
            /** @description RegistrationResponseJSON */
            credential: unknown;
            name?: string;
        };
        "Post-recoveryRequest": {
            /** @description RegistrationResponseJSON, instead of a password */
            credential?: unknown;
            /** @description Of the passkey */
            name?: string;
            /** @description At least 10 characters */
            password?: string;
            /** @description From the link's fragment */
            token: string;
        };
        "Post-sessions-passkeyRequest": {
            /** @description AuthenticationResponseJSON */
            credential: unknown;
            state?: string;
        };
        "Post-sessionsRequest": {
            email: string;
            password: string;
        };
        PostMessageBody: {
            /** @description Markdown (CommonMark, GFM); @handle mentions */
            body: string;
            /**
             * Format: date-time
             * @description Of need answer: when it is wanted
             */
            by?: string;
            /** @description Of need answer: what is to be decided */
            decision?: components["schemas"]["NewDecision"];
            /** @description Uploaded before */
            files?: string[];
            /** @description Idempotency key: the same again gives the first message again */
            key?: string;
            /**
             * @description How much it matters; absent: normal
             * @enum {string}
             */
            need?: "whenever" | "normal" | "answer" | "urgent";
            /** @description Of need urgent: why, in at most 200 characters */
            reason?: string;
            /**
             * Format: int64
             * @description Seq of the message that is answered beside
             */
            thread?: number;
        };
        Preview: {
            description?: string;
            /** Format: int64 */
            height?: number;
            /** @description Path on this server: the reader's browser asks no third party */
            image?: string;
            site?: string;
            title?: string;
            url: string;
            /** Format: int64 */
            width?: number;
        };
        Problem: {
            /** @description For translation */
            code?: string;
            /** @description In English, for people */
            detail: string;
            /** @description Which fields are wrong */
            errors?: components["schemas"]["ProblemDetail"][];
            /** @description Names this failure in the server's log */
            instance?: string;
            /** Format: int64 */
            status: number;
            title: string;
            /**
             * Format: uri
             * @example https://parley.im/problems/invalid
             */
            type: string;
        };
        ProblemDetail: {
            /** @description For translation */
            code?: string;
            /** @example body.name */
            location?: string;
            message: string;
        };
        Profile: {
            handle?: string;
            hours?: components["schemas"]["Hours"][];
            language?: string;
            name?: string;
            title?: string;
            zone?: string;
        };
        "Put-me-emailRequest": {
            /** @description AuthenticationResponseJSON to the options of /sessions/passkey/begin, instead of a password */
            credential?: unknown;
            /** @description Your password */
            current?: string;
            /** Format: email */
            email: string;
        };
        "Put-me-passwordRequest": {
            /** @description Needed by who has one */
            current?: string;
            new: string;
        };
        Reach: {
            /** @description The same for what is urgent */
            alarm: components["schemas"]["Rung"][];
            /** @description Asked one after the other when an urgent message finds nobody */
            deputies: string[];
            /** @description A summary of the unseen by mail, when their day begins */
            digest: boolean;
            /**
             * Format: date-time
             * @description Not to be disturbed until then
             */
            focus?: string;
            /** @description Ways beside the app for what is not urgent, in order */
            ladder: components["schemas"]["Rung"][];
            leave?: components["schemas"]["Leave"];
            levels: components["schemas"]["Levels"];
            /** @description Holidays, as 2026-12-25 */
            off: string[];
            /** @description Weekly quiet hours, wall clock in the person's zone; over midnight it is two stretches */
            quiet: components["schemas"]["Hours"][];
            through: components["schemas"]["Through"];
            /** Format: int64 */
            version: number;
        };
        ReachChange: {
            alarm?: components["schemas"]["Rung"][];
            /** @description The leave is over, or not to be */
            back?: boolean;
            deputies?: string[];
            digest?: boolean;
            ladder?: components["schemas"]["Rung"][];
            leave?: components["schemas"]["Leave"];
            levels?: components["schemas"]["Levels"];
            off?: string[];
            quiet?: components["schemas"]["Hours"][];
            through?: components["schemas"]["Through"];
        };
        Reaction: {
            emoji: string;
            people: string[];
        };
        ReadUpToBody: {
            /** Format: int64 */
            seq: number;
        };
        RecoveryOffer: {
            /** @description With which they sign in */
            email: string;
            /** @description Whose account it is */
            name: string;
            organisation: string;
        };
        Reminder: {
            /**
             * Format: date-time
             * @description When next
             */
            at: string;
            /**
             * @description Again, at the same time of day
             * @enum {string}
             */
            every?: "" | "day" | "workday" | "week" | "month";
            id: string;
            message: components["schemas"]["Message"];
            note?: string;
        };
        ReminderList: {
            reminders: components["schemas"]["Reminder"][];
        };
        RemindOfBody: {
            /** Format: date-time */
            at: string;
            conversation: string;
            /** @enum {string} */
            every?: "" | "day" | "workday" | "week" | "month";
            note?: string;
            /** Format: int64 */
            seq: number;
        };
        RenderBodyBody: {
            body: string;
        };
        Rendered: {
            html: string;
        };
        Revision: {
            body: string;
            html: string;
            /** Format: date-time */
            written_at: string;
        };
        RevisionList: {
            revisions: components["schemas"]["Revision"][];
        };
        Rung: {
            /**
             * Format: int64
             * @description Minutes
             */
            after: number;
            /** @enum {string} */
            way: "push" | "email" | "sms" | "phone";
        };
        SaveDraftBody: {
            body: string;
            files?: string[];
            /** Format: int64 */
            thread?: number;
        };
        ScheduleBody: {
            /**
             * Format: date-time
             * @description When it is sent
             */
            at?: string;
            body: string;
            /** Format: date-time */
            by?: string;
            conversation: string;
            files?: string[];
            /** @enum {string} */
            need?: "whenever" | "normal" | "answer" | "urgent";
            reason?: string;
            /** Format: int64 */
            thread?: number;
            /** @description Instead: when the others start work */
            work?: boolean;
        };
        Scheduled: {
            /**
             * Format: date-time
             * @description When it is sent
             */
            at: string;
            body: string;
            /** Format: date-time */
            by?: string;
            conversation: string;
            /** Format: date-time */
            created_at: string;
            /** @description Code of why it could not be sent: it waits for its author */
            error?: string;
            files: components["schemas"]["File"][];
            id: string;
            /** @enum {string} */
            need?: "whenever" | "normal" | "answer" | "urgent";
            reason?: string;
            /** Format: int64 */
            thread?: number;
            /** @description At is when the other starts work, and moves with their hours */
            work?: boolean;
        };
        ScheduledList: {
            scheduled: components["schemas"]["Scheduled"][];
        };
        Session: {
            /** Format: date-time */
            created_at: string;
            /** @description The one that asks */
            current: boolean;
            id: string;
            ip: string;
            /**
             * Format: date-time
             * @description Exact to five minutes
             */
            last_used_at: string;
            user_agent: string;
        };
        SetupState: {
            /** @description Nobody is owner yet: open the link that the server has printed */
            needed: boolean;
            organisation?: string;
        };
        ShownAs: {
            /** @description An emoji */
            avatar?: string;
            name: string;
        };
        Status: {
            emoji?: string;
            text?: string;
            /** Format: date-time */
            until?: string;
        };
        SubscribeBody: {
            endpoint: string;
            keys: components["schemas"]["KeysStruct"];
            /** @description What the person calls it */
            name: string;
        };
        Through: {
            /** @description Who, where it says people */
            people: string[];
            /**
             * @description In quiet hours
             * @enum {string}
             */
            quiet: "everyone" | "people" | "nobody";
            /**
             * @description Outside the hours and in focus, but not in quiet hours
             * @enum {string}
             */
            waking: "everyone" | "people" | "nobody";
        };
        TokenOrder: {
            /**
             * Format: int64
             * @description 0: never
             */
            expires_in_days?: number;
            name: string;
        };
        Trace: {
            /** @description To its author: all, at most 200, those that are open first. To others: their own */
            deliveries: components["schemas"]["Delivery"][];
            /** @description How many are in each state */
            tally: {
                [key: string]: number;
            };
            /** Format: int64 */
            total: number;
        };
        Until: {
            /** Format: date-time */
            at?: string;
            /** @description When my next day of work begins */
            work?: boolean;
        };
        VoteBody: {
            /**
             * Format: int64
             * @description Its number, from 0
             */
            option: number;
        };
        WayList: {
            ways: components["schemas"]["WayState"][];
        };
        WayState: {
            /** @description This server has it */
            configured: boolean;
            /** @enum {string} */
            kind: "push" | "email" | "sms" | "phone";
            /** @description The person's, proven */
            values: string[];
        };
        Welcome: {
            me: components["schemas"]["Me"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "get-asked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-boot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Boot"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-bots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BotOrder"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-bots-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-bots-id-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-bots-id-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenOrder"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-catch-up": {
        parameters: {
            query?: {
                /** @description Absent: since I last worked, as my hours say */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatchUp"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-catch-up-read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaughtUpBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConversationBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-conversations-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeConversationBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-conversations-id-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveDraftBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-join": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-leave": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-conversations-id-me": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMineBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMembersBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-conversations-id-members-person": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-conversations-id-members-person": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMemberBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-messages": {
        parameters: {
            query?: {
                /** @description Messages after this seq */
                after?: number;
                /** @description Messages around this seq */
                around?: number;
                /** @description Messages before this seq */
                before?: number;
                /** @description 50 when absent */
                limit?: number;
                /** @description Only the thread with this root */
                thread?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-messages": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostMessageBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-messages-seq": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-conversations-id-messages-seq": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-conversations-id-messages-seq": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditMessageBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-conversations-id-messages-seq-acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-messages-seq-close": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-messages-seq-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trace"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-messages-seq-move": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveMessageBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-conversations-id-messages-seq-pin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-conversations-id-messages-seq-pin": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-conversations-id-messages-seq-reactions-emoji": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: string;
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-conversations-id-messages-seq-reactions-emoji": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: string;
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-messages-seq-revisions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-conversations-id-messages-seq-vote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoteBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-messages-seq-withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Draft"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-pins": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-conversations-id-read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReadUpToBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateHookBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewHook"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-browse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-files": {
        parameters: {
            query?: {
                /** @description The file's name */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForecastBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Forecast"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonGroup"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupChange"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonGroup"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-groups-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-groups-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonGroup"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-inbox-message-acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-inbox-message-done": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-inbox-message-hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOverBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-inbox-message-snooze": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Until"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-inbox-message-undone": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationOrder"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewInvitation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-invitations-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-invitations-token-accept": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Account"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-invitations-token-offer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Offer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-me-avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-me-avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-me-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Address"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-me-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Put-me-emailRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-me-email-confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-me-email-prove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByProof"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-me-email-prove-offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByProof"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailProofOffer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-me-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Put-me-passwordRequest"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-me-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-me-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-me-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Status"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-me-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganisationChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Post-passkeysRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-passkeys-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-passkeys-begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ceremony"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-people-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-people-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-people-id-recovery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewRecovery"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscribeBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-push-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-push-id-test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reach"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-reach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReachChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reach"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-reach-focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FocusBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reach"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-reach-focus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-reach-ways": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WayList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-recovery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Post-recoveryRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-recovery-offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByRecovery"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryOffer"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-recovery-passkey-begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByRecovery"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ceremony"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReminderList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-reminders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemindOfBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reminder"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-reminders-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenderBodyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rendered"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-saved-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-saved-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scheduled"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-scheduled-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-scheduled-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeScheduledBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scheduled"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-scheduled-id-send": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-search": {
        parameters: {
            query?: {
                /** @description The id of the last message of the page before */
                before?: string;
                /** @description 30 when absent */
                limit?: number;
                /** @description Words, "phrases", from:@handle in:#name has:link|file|image|reaction before:2026-11-01 after:2026-10-01 is:pinned|saved|thread */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Found"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Post-sessionsRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-sessions-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-sessions-passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Post-sessions-passkeyRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-sessions-passkey-begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ceremony"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Founding"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Welcome"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"][];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenOrder"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewToken"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-tokens-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-webhooks-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
