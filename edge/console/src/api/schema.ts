// Made by `npm run types` from /openapi.json; not written by hand.
export interface paths {
    "/api/v1/app/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the customer hears, as server-sent events: reply, message, typing, handoff, closed */
        get: operations["get_api_v1_app_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the queue and go on with the AI */
        post: operations["post_api_v1_app_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same events and messages both ways, as a WebSocket */
        get: operations["get_api_v1_app_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said so far, oldest first */
        get: operations["get_api_v1_app_messages"];
        put?: never;
        /** Say something; answered once it is durable */
        post: operations["post_api_v1_app_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a picture for a message */
        post: operations["post_api_v1_app_pictures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/pictures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of this conversation */
        get: operations["get_api_v1_app_pictures_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a session, or take one up again */
        post: operations["post_api_v1_app_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/app/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell whoever answers that the customer writes; every few seconds, nothing of it is kept */
        post: operations["post_api_v1_app_typing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The trail, the latest first */
        get: operations["get_api_v1_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The trail as CSV */
        get: operations["get_api_v1_audit_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what at all, and up to where the trail was checked last */
        get: operations["get_api_v1_audit_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the trail's chain is whole */
        get: operations["get_api_v1_audit_verify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/callbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers that customers left */
        get: operations["get_api_v1_callbacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/canned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Canned answers: the team's and one's own */
        get: operations["get_api_v1_canned"];
        put?: never;
        /** Keep a canned answer */
        post: operations["post_api_v1_canned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/canned/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a canned answer */
        put: operations["put_api_v1_canned_id"];
        post?: never;
        /** Discard a canned answer */
        delete: operations["delete_api_v1_canned_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The channels: settings, traffic and failures */
        get: operations["get_api_v1_channels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/channels/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a channel's network whether it lets us in */
        post: operations["post_api_v1_channels_name_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The metrics */
        get: operations["get_api_v1_cockpit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The metrics as a table, one line a metric */
        get: operations["get_api_v1_cockpit_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One metric, split */
        get: operations["get_api_v1_cockpit_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When metrics were worse over an hour than their alarms allow, the latest first */
        get: operations["get_api_v1_cockpit_alarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cockpit/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the metrics should reach, and what raises an alarm */
        get: operations["get_api_v1_cockpit_targets"];
        /** Other targets and alarms, in the place of all there are */
        put: operations["put_api_v1_cockpit_targets"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/company/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the company's hours and holidays */
        put: operations["put_api_v1_company_hours"];
        post?: never;
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
        /** Conversations, the latest changed first or the most urgent first */
        get: operations["get_api_v1_conversations"];
        put?: never;
        post?: never;
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
        /** A conversation with its handoff package */
        get: operations["get_api_v1_conversations_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over */
        post: operations["post_api_v1_conversations_id_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close, with a reason and a summary */
        post: operations["post_api_v1_conversations_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the customer is: contacts, orders, pages, notes, history */
        get: operations["get_api_v1_conversations_id_customer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of the messages that were handed to an outside network; none on channels of our own */
        get: operations["get_api_v1_conversations_id_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said and told, oldest first */
        get: operations["get_api_v1_conversations_id_messages"];
        put?: never;
        /** Answer the customer; whoever answers takes over */
        post: operations["post_api_v1_conversations_id_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The notes of the staff, the latest first */
        get: operations["get_api_v1_conversations_id_notes"];
        put?: never;
        /** Note something for the others */
        post: operations["post_api_v1_conversations_id_notes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/pictures/{picture}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture that the customer sent */
        get: operations["get_api_v1_conversations_id_pictures_picture"];
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
        put?: never;
        /** Say that it has been looked at: nothing is unread */
        post: operations["post_api_v1_conversations_id_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand back to the AI */
        post: operations["post_api_v1_conversations_id_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the AI would answer */
        get: operations["get_api_v1_conversations_id_suggestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A summary of the conversation and the reason for which it may be closed */
        get: operations["get_api_v1_conversations_id_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pass on: to a person, or back into the queue for another skill */
        post: operations["post_api_v1_conversations_id_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many conversations there are of each kind */
        get: operations["get_api_v1_conversations_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of other programs */
        get: operations["get_api_v1_keys"];
        put?: never;
        /** Make a key; it is shown once */
        post: operations["post_api_v1_keys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key */
        delete: operations["delete_api_v1_keys_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published articles */
        get: operations["get_api_v1_knowledge_articles"];
        put?: never;
        /** Upload a document: md, txt, html, docx, pptx, xlsx, csv or pdf */
        post: operations["post_api_v1_knowledge_articles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/articles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An article with its passages and versions */
        get: operations["get_api_v1_knowledge_articles_id"];
        put?: never;
        post?: never;
        /** Take an article out */
        delete: operations["delete_api_v1_knowledge_articles_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/articles/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a version */
        post: operations["post_api_v1_knowledge_articles_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/articles/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop answering from an article; its versions stay */
        post: operations["post_api_v1_knowledge_articles_id_withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The questions that nobody could answer, the most asked first */
        get: operations["get_api_v1_knowledge_gaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/gaps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a question until it is asked again */
        delete: operations["delete_api_v1_knowledge_gaps_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/library": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every article, those that are not published included */
        get: operations["get_api_v1_knowledge_library"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a question finds */
        get: operations["get_api_v1_knowledge_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write an article, or a new version of one */
        post: operations["post_api_v1_knowledge_texts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads with their scores and next legal steps, the latest first */
        get: operations["get_api_v1_leads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A lead with its history, contacts, sends and what may still be said */
        get: operations["get_api_v1_leads_person"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{person}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the lead to one of the staff */
        post: operations["post_api_v1_leads_person_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{person}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Note what was learnt: opted_out, opted_in, contacted, won, lost, qualified or a remark */
        post: operations["post_api_v1_leads_person_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{person}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something, when that is a legal step */
        post: operations["post_api_v1_leads_person_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Strike a note */
        delete: operations["delete_api_v1_notes_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns, by name */
        get: operations["get_api_v1_outreach_campaigns"];
        put?: never;
        /** A new campaign */
        post: operations["post_api_v1_outreach_campaigns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another form of a campaign */
        put: operations["put_api_v1_outreach_campaigns_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/campaigns/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the texts of a campaign do, with honest bounds */
        get: operations["get_api_v1_outreach_campaigns_id_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/campaigns/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a campaign on */
        post: operations["post_api_v1_outreach_campaigns_id_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/campaigns/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a campaign off */
        post: operations["post_api_v1_outreach_campaigns_id_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Comments, matched, reached, answered, contact left, won, each with what it is a part of */
        get: operations["get_api_v1_outreach_funnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may follow up on leads */
        get: operations["get_api_v1_outreach_owners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/quota/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the platform still lets us say to somebody */
        get: operations["get_api_v1_outreach_quota_person"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules on comments, by name */
        get: operations["get_api_v1_outreach_rules"];
        put?: never;
        /** A new rule; one that finds too much needs confirm */
        post: operations["post_api_v1_outreach_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Another form of a rule */
        put: operations["put_api_v1_outreach_rules_id"];
        post?: never;
        /** Remove a rule */
        delete: operations["delete_api_v1_outreach_rules_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/rules/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a rule would have done with the comments of last week */
        post: operations["post_api_v1_outreach_rules_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outreach/sends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said and what became of it, the latest first */
        get: operations["get_api_v1_outreach_sends"];
        put?: never;
        post?: never;
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
        /** Everybody who works or has worked here */
        get: operations["get_api_v1_people"];
        put?: never;
        /** Add somebody; their first password is shown once */
        post: operations["post_api_v1_people"];
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
        get?: never;
        /** Change somebody, or whether they work here */
        put: operations["put_api_v1_people_id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log somebody out everywhere */
        post: operations["post_api_v1_people_id_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give somebody a new first password */
        post: operations["post_api_v1_people_id_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rule sets, the one in force first */
        get: operations["get_api_v1_policies"];
        /** Publish a rule set at once, without its tests */
        put: operations["put_api_v1_policies"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{revision}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rule set by its revision */
        get: operations["get_api_v1_policies_revision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What keeps a set from being published */
        post: operations["post_api_v1_policies_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was decided, each question once, the most frequent first */
        get: operations["get_api_v1_policies_decisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your draft; not found without one */
        get: operations["get_api_v1_policies_draft"];
        /** Keep your draft */
        put: operations["put_api_v1_policies_draft"];
        post?: never;
        /** Forget your draft */
        delete: operations["delete_api_v1_policies_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a set whose own tests pass */
        post: operations["post_api_v1_policies_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a set would have decided differently about recorded decisions */
        post: operations["post_api_v1_policies_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put an earlier rule set back into force */
        post: operations["post_api_v1_policies_rollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who sees what of which kind of data, by the rules in force */
        get: operations["get_api_v1_policies_table"];
        put?: never;
        /** The same by a draft, in which one cell may be changed first */
        post: operations["post_api_v1_policies_table"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the tests that travel with a set */
        post: operations["post_api_v1_policies_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the providers of models fare */
        get: operations["get_api_v1_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/providers/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have an answer worded, as a test */
        post: operations["post_api_v1_providers_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waits, next first */
        get: operations["get_api_v1_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over the next in the queue */
        post: operations["post_api_v1_queue_next"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who may use what, as the rules in force say */
        get: operations["get_api_v1_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The staff */
        get: operations["get_api_v1_staff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens, as a WebSocket of JSON text frames; only what the caller's role may see */
        get: operations["get_api_v1_staff_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in */
        post: operations["post_api_v1_staff_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log out */
        post: operations["post_api_v1_staff_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in, and what they may use */
        get: operations["get_api_v1_staff_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change your own password; every other login ends */
        put: operations["put_api_v1_staff_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whether you are there */
        put: operations["put_api_v1_staff_status"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far behind the streams are, and their dead letters */
        get: operations["get_api_v1_streams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/streams/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Handle the dead letters of a stream again */
        post: operations["post_api_v1_streams_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The teams, and whether they work now */
        get: operations["get_api_v1_teams"];
        put?: never;
        /** Make a team */
        post: operations["post_api_v1_teams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a team */
        put: operations["put_api_v1_teams_id"];
        post?: never;
        /** Remove a team; its members stay */
        delete: operations["delete_api_v1_teams_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the customer hears, as server-sent events: reply, message, typing, handoff, closed */
        get: operations["get_api_v1_web_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave the queue and go on with the AI */
        post: operations["post_api_v1_web_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same events and messages both ways, as a WebSocket */
        get: operations["get_api_v1_web_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said so far, oldest first */
        get: operations["get_api_v1_web_messages"];
        put?: never;
        /** Say something; answered once it is durable */
        post: operations["post_api_v1_web_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a picture for a message */
        post: operations["post_api_v1_web_pictures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/pictures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of this conversation */
        get: operations["get_api_v1_web_pictures_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a session, or take one up again */
        post: operations["post_api_v1_web_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/web/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell whoever answers that the customer writes; every few seconds, nothing of it is kept */
        post: operations["post_api_v1_web_typing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process is alive */
        get: operations["get_healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A platform checks its webhook */
        get: operations["get_hooks_channel"];
        put?: never;
        /** A platform's webhook; acknowledged once durable */
        post: operations["post_hooks_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures in the Prometheus format */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether customers can be served */
        get: operations["get_readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_api_v1_app_events: {
        parameters: {
            query?: {
                /** @description where the customer is, for the staff */
                page?: string;
                /** @description the session token, for clients that cannot set headers */
                token?: string;
            };
            header?: {
                /** @description the last event that was seen; without it the conversation is told from its beginning */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_app_leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_app_live: {
        parameters: {
            query?: {
                /** @description the last event that was seen */
                after?: string;
                /** @description where the customer is, for the staff */
                page?: string;
                /** @description the session token, for clients that cannot set headers */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_app_messages: {
        parameters: {
            query?: {
                /** @description only what has a lower seq */
                before?: string;
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            by: string;
                            citations: {
                                article: string;
                                passage: string;
                                title: string;
                            }[];
                            conversation: string;
                            id: string;
                            intent?: string;
                            options?: string[];
                            pictures?: {
                                bytes: number;
                                height: number;
                                id: string;
                                type: string;
                                width: number;
                            }[];
                            /** Format: int64 */
                            seq?: number;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_app_messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key never counts twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    pictures?: string[];
                    text: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            by: string;
                            citations: {
                                article: string;
                                passage: string;
                                title: string;
                            }[];
                            conversation: string;
                            id: string;
                            intent?: string;
                            options?: string[];
                            pictures?: {
                                bytes: number;
                                height: number;
                                id: string;
                                type: string;
                                width: number;
                            }[];
                            /** Format: int64 */
                            seq?: number;
                            text: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_app_pictures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "image/*": string;
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        picture: {
                            bytes: number;
                            height: number;
                            id: string;
                            type: string;
                            width: number;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_app_pictures_id: {
        parameters: {
            query?: {
                /** @description the session token, for clients that cannot set headers */
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_app_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    device: string;
                    member: string;
                    name: string;
                    page: string;
                    visitor: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        brand: {
                            name: string;
                        };
                        conversation: string;
                        /** Format: date-time */
                        expires_at: string;
                        member?: {
                            name: string;
                        } | null;
                        session: string;
                        token: string;
                        visitor: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_app_typing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_audit: {
        parameters: {
            query?: {
                /** @description what */
                action?: string;
                /** @description whose */
                actor?: string;
                /** @description only entries with a lower seq: next of the page before */
                before?: string;
                /** @description since when, RFC 3339 or milliseconds */
                from?: string;
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
                /** @description a part of what it was done to */
                object?: string;
                /** @description until when, exclusive */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            action: string;
                            actor: string;
                            /** Format: date-time */
                            at: string;
                            details?: {
                                [key: string]: string;
                            };
                            object?: string;
                            reason?: string;
                            revision?: string;
                            role?: string;
                            /** Format: int64 */
                            seq: number;
                        }[];
                        /** Format: int64 */
                        next?: number;
                        people: {
                            [key: string]: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_audit_export: {
        parameters: {
            query?: {
                /** @description what */
                action?: string;
                /** @description whose */
                actor?: string;
                /** @description since when, RFC 3339 or milliseconds */
                from?: string;
                /** @description a part of what it was done to */
                object?: string;
                /** @description until when, exclusive */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_audit_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions: {
                            key: string;
                            name?: string;
                            /** Format: int64 */
                            times: number;
                        }[];
                        actors: {
                            key: string;
                            name?: string;
                            /** Format: int64 */
                            times: number;
                        }[];
                        /** Format: int64 */
                        entries: number;
                        /** Format: date-time */
                        since?: string | null;
                        verified?: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            /** Format: int64 */
                            entries: number;
                            whole: boolean;
                        } | null;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_audit_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        broken?: string;
                        /** Format: int64 */
                        entries: number;
                        hash: string;
                        whole: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_callbacks: {
        parameters: {
            query?: {
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callbacks: {
                            /** Format: date-time */
                            at: string;
                            conversation: string;
                            customer: string;
                            id: string;
                            note?: string;
                            phone: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_canned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        canned: {
                            group?: string;
                            id: string;
                            lang: string;
                            owner?: string;
                            text: string;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_canned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    group?: string;
                    lang?: string;
                    team?: boolean;
                    text: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        canned: {
                            group?: string;
                            id: string;
                            lang: string;
                            owner?: string;
                            text: string;
                            title: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_canned_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    group?: string;
                    lang?: string;
                    team?: boolean;
                    text: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        canned: {
                            group?: string;
                            id: string;
                            lang: string;
                            owner?: string;
                            text: string;
                            title: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_canned_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_channels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        channels: {
                            checks: boolean;
                            /** Format: date-time */
                            delivered?: string;
                            failed: number;
                            failures: {
                                /** Format: date-time */
                                at: string;
                                because: string;
                                code: number;
                            }[];
                            health?: {
                                /** Format: date-time */
                                erred?: string;
                                error: string;
                                /** Format: int64 */
                                forged: number;
                                /** Format: int64 */
                                held: number;
                                /** Format: date-time */
                                hook?: string;
                                /** Format: int64 */
                                hooks: number;
                                missing: string[];
                            } | null;
                            hook: string;
                            /** Format: date-time */
                            last?: string;
                            name: string;
                            on: boolean;
                            open: number;
                            sent: number;
                            settings: {
                                meaning: string;
                                name: string;
                                set: boolean;
                            }[];
                            /** Format: date-time */
                            wrote?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_channels_name_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        because: string;
                        ok: boolean;
                        /** Format: int64 */
                        took: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_cockpit: {
        parameters: {
            query?: {
                /** @description one of the staff */
                agent?: string;
                /** @description one channel */
                channel?: string;
                /** @description previous puts the range before, of the same length, beside each metric */
                compare?: string;
                /** @description RFC 3339 or ms; a day ago by default */
                from?: string;
                /** @description one intent */
                intent?: string;
                /** @description zh or en */
                lang?: string;
                /** @description seconds, a multiple of 60, or with a unit: 15m, 1h, 1d; 3600 by default */
                step?: string;
                /** @description one team, by its ID */
                team?: string;
                /** @description RFC 3339 or ms; now by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        agents: {
                            id: string;
                            name: string;
                        }[];
                        alarms: {
                            /** Format: date-time */
                            began: string;
                            /** Format: date-time */
                            ended?: string;
                            key: string;
                            /** Format: double */
                            limit: number;
                            /** Format: double */
                            value: number;
                        }[];
                        channels: string[];
                        demo?: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                        } | null;
                        /** Format: date-time */
                        from: string;
                        gaps: {
                            name: string;
                            row: number;
                            why: string;
                        }[];
                        metrics: {
                            alarm: boolean;
                            applies: boolean;
                            definition: string;
                            good: string;
                            group: string;
                            key: string;
                            name: string;
                            of?: string;
                            previous?: {
                                /** Format: double */
                                change: number | null;
                                /** Format: double */
                                value: number | null;
                            } | null;
                            query: string;
                            row: number;
                            series: number[][];
                            /** Format: double */
                            target?: number | null;
                            unit: string;
                            /** Format: double */
                            value: number | null;
                        }[];
                        /** Format: date-time */
                        since?: string | null;
                        /** Format: int64 */
                        step: number;
                        teams: {
                            id: string;
                            name: string;
                        }[];
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_cockpit_csv: {
        parameters: {
            query?: {
                /** @description one of the staff */
                agent?: string;
                /** @description one channel */
                channel?: string;
                /** @description previous puts the range before, of the same length, beside each metric */
                compare?: string;
                /** @description RFC 3339 or ms; a day ago by default */
                from?: string;
                /** @description one intent */
                intent?: string;
                /** @description zh or en */
                lang?: string;
                /** @description seconds, a multiple of 60, or with a unit: 15m, 1h, 1d; 3600 by default */
                step?: string;
                /** @description one team, by its ID */
                team?: string;
                /** @description RFC 3339 or ms; now by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_cockpit_key: {
        parameters: {
            query?: {
                /** @description one of the staff */
                agent?: string;
                /** @description one channel */
                channel?: string;
                /** @description previous puts the range before, of the same length, beside each metric */
                compare?: string;
                /** @description RFC 3339 or ms; a day ago by default */
                from?: string;
                /** @description one intent */
                intent?: string;
                /** @description zh or en */
                lang?: string;
                /** @description channel, intent, team or agent: one line each */
                split?: string;
                /** @description seconds, a multiple of 60, or with a unit: 15m, 1h, 1d; 3600 by default */
                step?: string;
                /** @description one team, by its ID */
                team?: string;
                /** @description RFC 3339 or ms; now by default */
                to?: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        metric: {
                            alarm: boolean;
                            applies: boolean;
                            definition: string;
                            good: string;
                            group: string;
                            key: string;
                            name: string;
                            of?: string;
                            previous?: {
                                /** Format: double */
                                change: number | null;
                                /** Format: double */
                                value: number | null;
                            } | null;
                            query: string;
                            row: number;
                            series: number[][];
                            /** Format: double */
                            target?: number | null;
                            unit: string;
                            /** Format: double */
                            value: number | null;
                        };
                        parts: {
                            key: string;
                            name: string;
                            series: number[][];
                            /** Format: double */
                            value: number | null;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_cockpit_alarms: {
        parameters: {
            query?: {
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alarms: {
                            /** Format: date-time */
                            began: string;
                            /** Format: date-time */
                            ended?: string;
                            key: string;
                            /** Format: double */
                            limit: number;
                            /** Format: double */
                            value: number;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_cockpit_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        targets: {
                            /** Format: double */
                            alarm?: number | null;
                            key: string;
                            /** Format: double */
                            target?: number | null;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_cockpit_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    targets: {
                        /** Format: double */
                        alarm?: number | null;
                        key: string;
                        /** Format: double */
                        target?: number | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        targets: {
                            /** Format: double */
                            alarm?: number | null;
                            key: string;
                            /** Format: double */
                            target?: number | null;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_company_hours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    days?: {
                        date: string;
                        name?: string;
                        spans: {
                            from: string;
                            to: string;
                        }[];
                    }[];
                    week: {
                        from: string;
                        to: string;
                    }[][];
                    zone?: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hours: {
                            days?: {
                                date: string;
                                name?: string;
                                spans: {
                                    from: string;
                                    to: string;
                                }[];
                            }[];
                            week: {
                                from: string;
                                to: string;
                            }[][];
                            zone?: string;
                        };
                        /** Format: date-time */
                        next?: string;
                        open: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations: {
        parameters: {
            query?: {
                /** @description whose */
                agent?: string;
                /** @description changed before, RFC 3339 or ms */
                before?: string;
                /** @description from which channel */
                channel?: string;
                /** @description next of the answer before */
                cursor?: string;
                /** @description negative: whose customers are unhappy */
                emotion?: string;
                /** @description at most, 1 to 1000; 50 by default */
                limit?: string;
                /** @description true: that the caller has */
                mine?: string;
                /** @description words in the customer's name or in what was said */
                q?: string;
                /** @description urgency or updated; updated by default */
                sort?: string;
                /** @description ai, queued, human or closed; several with commas */
                stage?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conversations: {
                            agent?: string;
                            agent_name?: string;
                            asked?: string;
                            asked_by?: string;
                            channel: string;
                            cursor: string;
                            customer: string;
                            /** Format: double */
                            emotion: number;
                            endings?: {
                                about?: string;
                                agent?: string;
                                assumed?: boolean;
                                /** Format: date-time */
                                at: string;
                                channel?: string;
                                intent?: string;
                                lang?: string;
                                once?: boolean;
                                unaided?: boolean;
                            }[];
                            facts?: {
                                [key: string]: string;
                            };
                            failed: number;
                            id: string;
                            intent?: string;
                            lang: string;
                            last: string;
                            last_by?: string;
                            match?: string;
                            member?: string;
                            name?: string;
                            page?: string;
                            position?: number;
                            quota?: {
                                channel: string;
                                kept?: number;
                                left: number;
                                limit: number;
                                scene: string;
                                /** Format: date-time */
                                until?: string;
                            }[];
                            scores?: {
                                intent?: string;
                                lead: {
                                    /** Format: date-time */
                                    at?: string;
                                    reasons: {
                                        code: string;
                                        /** Format: double */
                                        points: number;
                                        why: string;
                                    }[];
                                    /** Format: double */
                                    value: number;
                                };
                                risk: {
                                    /** Format: date-time */
                                    at?: string;
                                    reasons: {
                                        code: string;
                                        /** Format: double */
                                        points: number;
                                        why: string;
                                    }[];
                                    /** Format: double */
                                    value: number;
                                };
                            } | null;
                            /** Format: int64 */
                            seq: number;
                            session: {
                                /** Format: date-time */
                                accepted?: string;
                                ai: boolean;
                                /** Format: date-time */
                                asked?: string;
                                /** Format: date-time */
                                closed?: string;
                                confirmed: boolean;
                                /** Format: date-time */
                                first_hand?: string;
                                /** Format: date-time */
                                first_in?: string;
                                /** Format: date-time */
                                first_out?: string;
                                /** Format: date-time */
                                last_in?: string;
                                number: number;
                                /** Format: date-time */
                                opened: string;
                                /** Format: date-time */
                                queued?: string;
                                to_human: boolean;
                                /** Format: double */
                                worst: number;
                            };
                            skill?: string;
                            stage: string;
                            tried?: string[];
                            unread: number;
                            /** Format: date-time */
                            updated: string;
                            /** Format: int64 */
                            version: number;
                            /** Format: date-time */
                            waiting_since?: string;
                        }[];
                        next?: string;
                        partial?: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conversation: {
                            agent?: string;
                            agent_name?: string;
                            asked?: string;
                            asked_by?: string;
                            channel: string;
                            cursor: string;
                            customer: string;
                            /** Format: double */
                            emotion: number;
                            endings?: {
                                about?: string;
                                agent?: string;
                                assumed?: boolean;
                                /** Format: date-time */
                                at: string;
                                channel?: string;
                                intent?: string;
                                lang?: string;
                                once?: boolean;
                                unaided?: boolean;
                            }[];
                            facts?: {
                                [key: string]: string;
                            };
                            failed: number;
                            id: string;
                            intent?: string;
                            lang: string;
                            last: string;
                            last_by?: string;
                            match?: string;
                            member?: string;
                            name?: string;
                            page?: string;
                            position?: number;
                            quota?: {
                                channel: string;
                                kept?: number;
                                left: number;
                                limit: number;
                                scene: string;
                                /** Format: date-time */
                                until?: string;
                            }[];
                            scores?: {
                                intent?: string;
                                lead: {
                                    /** Format: date-time */
                                    at?: string;
                                    reasons: {
                                        code: string;
                                        /** Format: double */
                                        points: number;
                                        why: string;
                                    }[];
                                    /** Format: double */
                                    value: number;
                                };
                                risk: {
                                    /** Format: date-time */
                                    at?: string;
                                    reasons: {
                                        code: string;
                                        /** Format: double */
                                        points: number;
                                        why: string;
                                    }[];
                                    /** Format: double */
                                    value: number;
                                };
                            } | null;
                            /** Format: int64 */
                            seq: number;
                            session: {
                                /** Format: date-time */
                                accepted?: string;
                                ai: boolean;
                                /** Format: date-time */
                                asked?: string;
                                /** Format: date-time */
                                closed?: string;
                                confirmed: boolean;
                                /** Format: date-time */
                                first_hand?: string;
                                /** Format: date-time */
                                first_in?: string;
                                /** Format: date-time */
                                first_out?: string;
                                /** Format: date-time */
                                last_in?: string;
                                number: number;
                                /** Format: date-time */
                                opened: string;
                                /** Format: date-time */
                                queued?: string;
                                to_human: boolean;
                                /** Format: double */
                                worst: number;
                            };
                            skill?: string;
                            stage: string;
                            tried?: string[];
                            unread: number;
                            /** Format: date-time */
                            updated: string;
                            /** Format: int64 */
                            version: number;
                            /** Format: date-time */
                            waiting_since?: string;
                        };
                        handoff?: {
                            /** Format: date-time */
                            at: string;
                            conversation: string;
                            customer: string;
                            /** Format: double */
                            emotion: number;
                            facts?: {
                                [key: string]: string;
                            };
                            priority: number;
                            reason: string;
                            skill?: string;
                            summary: string;
                            tried?: string[];
                        } | null;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_accept: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    reason: string;
                    summary?: string;
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_customer: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        callbacks: {
                            /** Format: date-time */
                            at: string;
                            conversation: string;
                            customer: string;
                            id: string;
                            note?: string;
                            phone: string;
                        }[];
                        channels: string[];
                        closings: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            conversation: string;
                            name: string;
                            reason: string;
                            session: number;
                            summary: string;
                        }[];
                        contacts: {
                            from: string;
                            kind: string;
                            value: string;
                        }[];
                        conversations: {
                            agent?: string;
                            asked?: string;
                            asked_by?: string;
                            channel: string;
                            customer: string;
                            /** Format: double */
                            emotion: number;
                            endings?: {
                                about?: string;
                                agent?: string;
                                assumed?: boolean;
                                /** Format: date-time */
                                at: string;
                                channel?: string;
                                intent?: string;
                                lang?: string;
                                once?: boolean;
                                unaided?: boolean;
                            }[];
                            facts?: {
                                [key: string]: string;
                            };
                            failed: number;
                            id: string;
                            intent?: string;
                            lang: string;
                            last: string;
                            last_by?: string;
                            member?: string;
                            name?: string;
                            page?: string;
                            /** Format: int64 */
                            seq: number;
                            session: {
                                /** Format: date-time */
                                accepted?: string;
                                ai: boolean;
                                /** Format: date-time */
                                asked?: string;
                                /** Format: date-time */
                                closed?: string;
                                confirmed: boolean;
                                /** Format: date-time */
                                first_hand?: string;
                                /** Format: date-time */
                                first_in?: string;
                                /** Format: date-time */
                                first_out?: string;
                                /** Format: date-time */
                                last_in?: string;
                                number: number;
                                /** Format: date-time */
                                opened: string;
                                /** Format: date-time */
                                queued?: string;
                                to_human: boolean;
                                /** Format: double */
                                worst: number;
                            };
                            stage: string;
                            tried?: string[];
                            unread: number;
                            /** Format: date-time */
                            updated: string;
                            /** Format: int64 */
                            version: number;
                        }[];
                        customer: string;
                        /** Format: date-time */
                        first_seen?: string;
                        handoff?: {
                            /** Format: date-time */
                            at: string;
                            conversation: string;
                            customer: string;
                            /** Format: double */
                            emotion: number;
                            facts?: {
                                [key: string]: string;
                            };
                            priority: number;
                            reason: string;
                            skill?: string;
                            summary: string;
                            tried?: string[];
                        } | null;
                        /** Format: date-time */
                        last_seen?: string;
                        member?: {
                            id: string;
                            level?: string;
                            name: string;
                        } | null;
                        name?: string;
                        notes: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            conversation: string;
                            id: string;
                            name: string;
                            text: string;
                        }[];
                        orders: {
                            /** Format: date-time */
                            delivered?: string;
                            items: {
                                /** Format: int64 */
                                price: number;
                                quantity: number;
                                sku: string;
                                title: string;
                                variant?: string;
                            }[];
                            member: string;
                            number: string;
                            /** Format: date-time */
                            paid?: string;
                            phone: string;
                            /** Format: date-time */
                            placed: string;
                            requests?: {
                                /** Format: int64 */
                                amount: number;
                                /** Format: date-time */
                                at: string;
                                conversation: string;
                                customer: string;
                                id: string;
                                kind: string;
                                order: string;
                                reason?: string;
                                status: string;
                            }[];
                            shipment?: {
                                carrier: string;
                                /** Format: date-time */
                                expect?: string;
                                steps: {
                                    /** Format: date-time */
                                    at: string;
                                    place: string;
                                    what: string;
                                }[];
                                waybill: string;
                            } | null;
                            status: string;
                            /** Format: int64 */
                            total: number;
                        }[];
                        orders_unknown: boolean;
                        page?: string;
                        quotes: {
                            about: string;
                            /** Format: date-time */
                            at: string;
                            /** Format: double */
                            emotion: number;
                            reasons: string[];
                            /** Format: int64 */
                            seq: number;
                            text: string;
                        }[];
                        scores?: {
                            intent?: string;
                            lead: {
                                /** Format: date-time */
                                at?: string;
                                reasons: {
                                    code: string;
                                    /** Format: double */
                                    points: number;
                                    why: string;
                                }[];
                                /** Format: double */
                                value: number;
                            };
                            risk: {
                                /** Format: date-time */
                                at?: string;
                                reasons: {
                                    code: string;
                                    /** Format: double */
                                    points: number;
                                    why: string;
                                }[];
                                /** Format: double */
                                value: number;
                            };
                        } | null;
                        trail: {
                            /** Format: date-time */
                            at: string;
                            page: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_deliveries: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: {
                            /** Format: date-time */
                            at: string;
                            because?: string;
                            code?: number;
                            message: string;
                            part?: string;
                            /** Format: date-time */
                            retry?: string;
                            /** Format: int64 */
                            seq?: number;
                            state: string;
                            unconfirmed: boolean;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_messages: {
        parameters: {
            query?: {
                /** @description only what has a lower seq */
                before?: string;
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            by: string;
                            channel: string;
                            citations?: {
                                article: string;
                                passage: string;
                                title: string;
                            }[];
                            conversation: string;
                            customer?: string;
                            /** Format: double */
                            emotion?: number;
                            id: string;
                            intent?: string;
                            options?: string[];
                            pictures?: {
                                bytes: number;
                                height: number;
                                id: string;
                                type: string;
                                width: number;
                            }[];
                            /** Format: int64 */
                            seq?: number;
                            text: string;
                        }[];
                        notices: {
                            /** Format: date-time */
                            at: string;
                            channel?: string;
                            conversation: string;
                            event: string;
                            message?: {
                                agent?: string;
                                /** Format: date-time */
                                at: string;
                                by: string;
                                channel: string;
                                citations?: {
                                    article: string;
                                    passage: string;
                                    title: string;
                                }[];
                                conversation: string;
                                customer?: string;
                                /** Format: double */
                                emotion?: number;
                                id: string;
                                intent?: string;
                                options?: string[];
                                pictures?: {
                                    bytes: number;
                                    height: number;
                                    id: string;
                                    type: string;
                                    width: number;
                                }[];
                                /** Format: int64 */
                                seq?: number;
                                text: string;
                            } | null;
                            queue?: {
                                agent?: string;
                                position?: number;
                                staffed: boolean;
                                state: string;
                                text: string;
                            } | null;
                            reason?: string;
                            /** Format: int64 */
                            seq: number;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key never counts twice */
                "Idempotency-Key"?: string;
                /** @description the last seq that was seen, as seen in the body */
                "If-Seq"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    force?: boolean;
                    /** Format: int64 */
                    seen?: number;
                    suggestion?: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            by: string;
                            channel: string;
                            citations?: {
                                article: string;
                                passage: string;
                                title: string;
                            }[];
                            conversation: string;
                            customer?: string;
                            /** Format: double */
                            emotion?: number;
                            id: string;
                            intent?: string;
                            options?: string[];
                            pictures?: {
                                bytes: number;
                                height: number;
                                id: string;
                                type: string;
                                width: number;
                            }[];
                            /** Format: int64 */
                            seq?: number;
                            text: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_notes: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notes: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            conversation: string;
                            id: string;
                            name: string;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_notes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        note: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            conversation: string;
                            id: string;
                            name: string;
                            text: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_pictures_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                picture: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_read: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_return: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_suggestion: {
        parameters: {
            query?: {
                /** @description 0 for the best, 1 for the next, up to 20 */
                another?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        basis: string;
                        citations: {
                            article: string;
                            internal: boolean;
                            passage: string;
                            title: string;
                        }[];
                        /** Format: double */
                        confidence: number;
                        intent: string;
                        more: boolean;
                        n: number;
                        text: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_id_summary: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        by: string;
                        reason: string;
                        reasons: {
                            key: string;
                            name: string;
                        }[];
                        text: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_conversations_id_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    agent?: string;
                    force?: boolean;
                    note?: string;
                    reason?: string;
                    skill?: string;
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_conversations_counts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ai: number;
                        closed: number;
                        human: number;
                        mine: number;
                        mine_waiting: number;
                        open: number;
                        queued: number;
                        unhappy: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            by: string;
                            /** Format: date-time */
                            expires?: string;
                            id: string;
                            /** Format: date-time */
                            made: string;
                            name: string;
                            /** Format: date-time */
                            revoked?: string;
                            role: string;
                            scopes: string[];
                            /** Format: date-time */
                            used?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    days: number;
                    name: string;
                    role: string;
                    scopes: string[];
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: {
                            by: string;
                            /** Format: date-time */
                            expires?: string;
                            id: string;
                            /** Format: date-time */
                            made: string;
                            name: string;
                            /** Format: date-time */
                            revoked?: string;
                            role: string;
                            scopes: string[];
                            /** Format: date-time */
                            used?: string;
                        };
                        secret: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_keys_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_knowledge_articles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        articles: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages?: {
                                article: string;
                                heading?: string;
                                phrasings?: string[];
                                /** Format: double */
                                score?: number;
                                text: string;
                                title: string;
                            }[];
                            source: string;
                            title: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_knowledge_articles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        article: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages?: {
                                article: string;
                                heading?: string;
                                phrasings?: string[];
                                /** Format: double */
                                score?: number;
                                text: string;
                                title: string;
                            }[];
                            source: string;
                            title: string;
                            version: number;
                        };
                        parts: {
                            heading: string;
                            phrasings: string[];
                            text: string;
                        }[];
                        published: number;
                        versions: number[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_knowledge_articles_id: {
        parameters: {
            query?: {
                /** @description which; the published one by default, or else the latest */
                version?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        article: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages?: {
                                article: string;
                                heading?: string;
                                phrasings?: string[];
                                /** Format: double */
                                score?: number;
                                text: string;
                                title: string;
                            }[];
                            source: string;
                            title: string;
                            version: number;
                        };
                        parts: {
                            heading: string;
                            phrasings: string[];
                            text: string;
                        }[];
                        published: number;
                        versions: number[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_knowledge_articles_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_knowledge_articles_id_publish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    version: number;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        article: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages?: {
                                article: string;
                                heading?: string;
                                phrasings?: string[];
                                /** Format: double */
                                score?: number;
                                text: string;
                                title: string;
                            }[];
                            source: string;
                            title: string;
                            version: number;
                        };
                        parts: {
                            heading: string;
                            phrasings: string[];
                            text: string;
                        }[];
                        published: number;
                        versions: number[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_knowledge_articles_id_withdraw: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        article: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages?: {
                                article: string;
                                heading?: string;
                                phrasings?: string[];
                                /** Format: double */
                                score?: number;
                                text: string;
                                title: string;
                            }[];
                            source: string;
                            title: string;
                            version: number;
                        };
                        parts: {
                            heading: string;
                            phrasings: string[];
                            text: string;
                        }[];
                        published: number;
                        versions: number[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_knowledge_gaps: {
        parameters: {
            query?: {
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        gaps: {
                            article?: string;
                            count: number;
                            examples: string[];
                            id: string;
                            /** Format: date-time */
                            last: string;
                            question: string;
                            title?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_knowledge_gaps_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_knowledge_library: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        articles: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages: number;
                            published: number;
                            source: string;
                            title: string;
                            version: number;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_knowledge_search: {
        parameters: {
            query?: {
                /** @description customer finds what customers are answered from */
                for?: string;
                /** @description the question */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: double */
                        confident: number;
                        passages: {
                            article: string;
                            heading?: string;
                            phrasings?: string[];
                            /** Format: double */
                            score?: number;
                            text: string;
                            title: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_knowledge_texts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    article?: string;
                    as?: string;
                    audience: string;
                    parts?: {
                        heading: string;
                        phrasings: string[];
                        text: string;
                    }[];
                    publish: boolean;
                    text: string;
                    title: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        article: {
                            /** Format: date-time */
                            at: string;
                            audience: string;
                            by: string;
                            id: string;
                            lang: string;
                            passages?: {
                                article: string;
                                heading?: string;
                                phrasings?: string[];
                                /** Format: double */
                                score?: number;
                                text: string;
                                title: string;
                            }[];
                            source: string;
                            title: string;
                            version: number;
                        };
                        parts: {
                            heading: string;
                            phrasings: string[];
                            text: string;
                        }[];
                        published: number;
                        versions: number[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_leads: {
        parameters: {
            query?: {
                /** @description of one campaign */
                campaign?: string;
                /** @description on one channel */
                channel?: string;
                /** @description next of the page before */
                cursor?: string;
                /** @description a score of at least this, 0 to 100 */
                least?: string;
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
                /** @description whose */
                owner?: string;
                /** @description in name, comment or ID */
                q?: string;
                /** @description found by one rule */
                rule?: string;
                /** @description latest, the default, or score */
                sort?: string;
                /** @description new, matched, reached, answered, contact_left, qualified, won or lost */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        leads: {
                            /** Format: date-time */
                            agreed?: string;
                            allowed: boolean;
                            /** Format: int64 */
                            amount?: number;
                            /** Format: date-time */
                            at: string;
                            because: string;
                            campaign?: string;
                            campaign_name?: string;
                            channel: string;
                            comment?: string;
                            contact: boolean;
                            conversation?: string;
                            detail?: string;
                            /** Format: date-time */
                            entered?: string;
                            /** Format: date-time */
                            expires?: string;
                            hits?: {
                                name: string;
                                /** Format: double */
                                points: number;
                                rule: string;
                                spans: {
                                    end: number;
                                    phrase: string;
                                    start: number;
                                }[];
                            }[];
                            invited?: string;
                            /** Format: date-time */
                            invited_at?: string;
                            item?: string;
                            last?: {
                                agent?: string;
                                /** Format: date-time */
                                at: string;
                                because?: string;
                                by: string;
                                campaign?: string;
                                channel: string;
                                code?: number;
                                comment?: string;
                                held?: boolean;
                                id: string;
                                item?: string;
                                kind: string;
                                person: string;
                                /** Format: date-time */
                                retry?: string;
                                rule?: string;
                                scene?: string;
                                /** Format: date-time */
                                settled?: string;
                                state: string;
                                text: string;
                                tries?: number;
                                unseen?: boolean;
                                variant?: string;
                            } | null;
                            name?: string;
                            next_step: string;
                            /** Format: date-time */
                            opt_in?: string;
                            /** Format: date-time */
                            opt_out?: string;
                            owner?: string;
                            owner_name?: string;
                            person: string;
                            reasons: {
                                detail?: string;
                                kind: string;
                                name?: string;
                                /** Format: double */
                                points: number;
                                rule?: string;
                                why: string;
                                words?: string[];
                            }[];
                            /** Format: date-time */
                            refused?: string;
                            rule?: string;
                            /** Format: date-time */
                            rule_at?: string;
                            rule_name?: string;
                            scene?: string;
                            /** Format: double */
                            score: number;
                            signals?: {
                                /** Format: date-time */
                                at: string;
                                detail?: string;
                                id: string;
                                kind: string;
                                name?: string;
                                /** Format: double */
                                points: number;
                                rule?: string;
                                why: string;
                                words?: string[];
                            }[];
                            stages?: {
                                [key: string]: string;
                            };
                            state: string;
                            text?: string;
                            /** Format: date-time */
                            text_at?: string;
                            title?: string;
                            /** Format: date-time */
                            until?: string;
                            why: string;
                            /** Format: date-time */
                            wrote?: string;
                        }[];
                        next?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_leads_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts: {
                            /** Format: date-time */
                            at: string;
                            kind: string;
                            value: string;
                        }[];
                        history: {
                            /** Format: int64 */
                            amount?: number;
                            /** Format: date-time */
                            at: string;
                            by?: string;
                            by_name?: string;
                            campaign?: string;
                            campaign_name?: string;
                            channel?: string;
                            code?: number;
                            comment?: string;
                            id: string;
                            item?: string;
                            kind: string;
                            name?: string;
                            person: string;
                            rule?: string;
                            rule_name?: string;
                            text?: string;
                            title?: string;
                            touch?: string;
                        }[];
                        lead: {
                            /** Format: date-time */
                            agreed?: string;
                            allowed: boolean;
                            /** Format: int64 */
                            amount?: number;
                            /** Format: date-time */
                            at: string;
                            because: string;
                            campaign?: string;
                            campaign_name?: string;
                            channel: string;
                            comment?: string;
                            contact: boolean;
                            conversation?: string;
                            detail?: string;
                            /** Format: date-time */
                            entered?: string;
                            /** Format: date-time */
                            expires?: string;
                            hits?: {
                                name: string;
                                /** Format: double */
                                points: number;
                                rule: string;
                                spans: {
                                    end: number;
                                    phrase: string;
                                    start: number;
                                }[];
                            }[];
                            invited?: string;
                            /** Format: date-time */
                            invited_at?: string;
                            item?: string;
                            last?: {
                                agent?: string;
                                /** Format: date-time */
                                at: string;
                                because?: string;
                                by: string;
                                campaign?: string;
                                channel: string;
                                code?: number;
                                comment?: string;
                                held?: boolean;
                                id: string;
                                item?: string;
                                kind: string;
                                person: string;
                                /** Format: date-time */
                                retry?: string;
                                rule?: string;
                                scene?: string;
                                /** Format: date-time */
                                settled?: string;
                                state: string;
                                text: string;
                                tries?: number;
                                unseen?: boolean;
                                variant?: string;
                            } | null;
                            name?: string;
                            next_step: string;
                            /** Format: date-time */
                            opt_in?: string;
                            /** Format: date-time */
                            opt_out?: string;
                            owner?: string;
                            owner_name?: string;
                            person: string;
                            reasons: {
                                detail?: string;
                                kind: string;
                                name?: string;
                                /** Format: double */
                                points: number;
                                rule?: string;
                                why: string;
                                words?: string[];
                            }[];
                            /** Format: date-time */
                            refused?: string;
                            rule?: string;
                            /** Format: date-time */
                            rule_at?: string;
                            rule_name?: string;
                            scene?: string;
                            /** Format: double */
                            score: number;
                            signals?: {
                                /** Format: date-time */
                                at: string;
                                detail?: string;
                                id: string;
                                kind: string;
                                name?: string;
                                /** Format: double */
                                points: number;
                                rule?: string;
                                why: string;
                                words?: string[];
                            }[];
                            stages?: {
                                [key: string]: string;
                            };
                            state: string;
                            text?: string;
                            /** Format: date-time */
                            text_at?: string;
                            title?: string;
                            /** Format: date-time */
                            until?: string;
                            why: string;
                            /** Format: date-time */
                            wrote?: string;
                        };
                        left: {
                            channel: string;
                            kept?: number;
                            left: number;
                            limit: number;
                            scene: string;
                            /** Format: date-time */
                            until?: string;
                        }[];
                        sends: {
                            after: string;
                            agent?: string;
                            agent_name?: string;
                            /** Format: date-time */
                            at: string;
                            because?: string;
                            by: string;
                            campaign?: string;
                            campaign_name?: string;
                            channel: string;
                            code?: number;
                            comment?: string;
                            held?: boolean;
                            id: string;
                            item?: string;
                            kind: string;
                            name?: string;
                            person: string;
                            /** Format: date-time */
                            retry?: string;
                            rule?: string;
                            rule_name?: string;
                            scene?: string;
                            /** Format: date-time */
                            settled?: string;
                            state: string;
                            text: string;
                            then: string;
                            tries?: number;
                            unseen?: boolean;
                            variant?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_leads_person_assign: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key never counts twice */
                "Idempotency-Key"?: string;
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    owner: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        agreed?: string;
                        allowed: boolean;
                        /** Format: int64 */
                        amount?: number;
                        /** Format: date-time */
                        at: string;
                        because: string;
                        campaign?: string;
                        campaign_name?: string;
                        channel: string;
                        comment?: string;
                        contact: boolean;
                        conversation?: string;
                        detail?: string;
                        /** Format: date-time */
                        entered?: string;
                        /** Format: date-time */
                        expires?: string;
                        hits?: {
                            name: string;
                            /** Format: double */
                            points: number;
                            rule: string;
                            spans: {
                                end: number;
                                phrase: string;
                                start: number;
                            }[];
                        }[];
                        invited?: string;
                        /** Format: date-time */
                        invited_at?: string;
                        item?: string;
                        last?: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            because?: string;
                            by: string;
                            campaign?: string;
                            channel: string;
                            code?: number;
                            comment?: string;
                            held?: boolean;
                            id: string;
                            item?: string;
                            kind: string;
                            person: string;
                            /** Format: date-time */
                            retry?: string;
                            rule?: string;
                            scene?: string;
                            /** Format: date-time */
                            settled?: string;
                            state: string;
                            text: string;
                            tries?: number;
                            unseen?: boolean;
                            variant?: string;
                        } | null;
                        name?: string;
                        next_step: string;
                        /** Format: date-time */
                        opt_in?: string;
                        /** Format: date-time */
                        opt_out?: string;
                        owner?: string;
                        owner_name?: string;
                        person: string;
                        reasons: {
                            detail?: string;
                            kind: string;
                            name?: string;
                            /** Format: double */
                            points: number;
                            rule?: string;
                            why: string;
                            words?: string[];
                        }[];
                        /** Format: date-time */
                        refused?: string;
                        rule?: string;
                        /** Format: date-time */
                        rule_at?: string;
                        rule_name?: string;
                        scene?: string;
                        /** Format: double */
                        score: number;
                        signals?: {
                            /** Format: date-time */
                            at: string;
                            detail?: string;
                            id: string;
                            kind: string;
                            name?: string;
                            /** Format: double */
                            points: number;
                            rule?: string;
                            why: string;
                            words?: string[];
                        }[];
                        stages?: {
                            [key: string]: string;
                        };
                        state: string;
                        text?: string;
                        /** Format: date-time */
                        text_at?: string;
                        title?: string;
                        /** Format: date-time */
                        until?: string;
                        why: string;
                        /** Format: date-time */
                        wrote?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_leads_person_note: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key never counts twice */
                "Idempotency-Key"?: string;
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: int64 */
                    amount?: number;
                    contact?: string;
                    kind: string;
                    text?: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        agreed?: string;
                        allowed: boolean;
                        /** Format: int64 */
                        amount?: number;
                        /** Format: date-time */
                        at: string;
                        because: string;
                        campaign?: string;
                        campaign_name?: string;
                        channel: string;
                        comment?: string;
                        contact: boolean;
                        conversation?: string;
                        detail?: string;
                        /** Format: date-time */
                        entered?: string;
                        /** Format: date-time */
                        expires?: string;
                        hits?: {
                            name: string;
                            /** Format: double */
                            points: number;
                            rule: string;
                            spans: {
                                end: number;
                                phrase: string;
                                start: number;
                            }[];
                        }[];
                        invited?: string;
                        /** Format: date-time */
                        invited_at?: string;
                        item?: string;
                        last?: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            because?: string;
                            by: string;
                            campaign?: string;
                            channel: string;
                            code?: number;
                            comment?: string;
                            held?: boolean;
                            id: string;
                            item?: string;
                            kind: string;
                            person: string;
                            /** Format: date-time */
                            retry?: string;
                            rule?: string;
                            scene?: string;
                            /** Format: date-time */
                            settled?: string;
                            state: string;
                            text: string;
                            tries?: number;
                            unseen?: boolean;
                            variant?: string;
                        } | null;
                        name?: string;
                        next_step: string;
                        /** Format: date-time */
                        opt_in?: string;
                        /** Format: date-time */
                        opt_out?: string;
                        owner?: string;
                        owner_name?: string;
                        person: string;
                        reasons: {
                            detail?: string;
                            kind: string;
                            name?: string;
                            /** Format: double */
                            points: number;
                            rule?: string;
                            why: string;
                            words?: string[];
                        }[];
                        /** Format: date-time */
                        refused?: string;
                        rule?: string;
                        /** Format: date-time */
                        rule_at?: string;
                        rule_name?: string;
                        scene?: string;
                        /** Format: double */
                        score: number;
                        signals?: {
                            /** Format: date-time */
                            at: string;
                            detail?: string;
                            id: string;
                            kind: string;
                            name?: string;
                            /** Format: double */
                            points: number;
                            rule?: string;
                            why: string;
                            words?: string[];
                        }[];
                        stages?: {
                            [key: string]: string;
                        };
                        state: string;
                        text?: string;
                        /** Format: date-time */
                        text_at?: string;
                        title?: string;
                        /** Format: date-time */
                        until?: string;
                        why: string;
                        /** Format: date-time */
                        wrote?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_leads_person_send: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key never counts twice */
                "Idempotency-Key"?: string;
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    kind: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        after: string;
                        agent?: string;
                        agent_name?: string;
                        /** Format: date-time */
                        at: string;
                        because?: string;
                        by: string;
                        campaign?: string;
                        campaign_name?: string;
                        channel: string;
                        code?: number;
                        comment?: string;
                        held?: boolean;
                        id: string;
                        item?: string;
                        kind: string;
                        name?: string;
                        person: string;
                        /** Format: date-time */
                        retry?: string;
                        rule?: string;
                        rule_name?: string;
                        scene?: string;
                        /** Format: date-time */
                        settled?: string;
                        state: string;
                        text: string;
                        then: string;
                        tries?: number;
                        unseen?: boolean;
                        variant?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_notes_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_campaigns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaigns: {
                            a: string;
                            b?: string;
                            by?: string;
                            cap?: number;
                            /** Format: date-time */
                            changed?: string;
                            channels?: string[];
                            /** Format: date-time */
                            from?: string;
                            id: string;
                            items?: string[];
                            name: string;
                            on: boolean;
                            rules?: string[];
                            /** Format: date-time */
                            until?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_outreach_campaigns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    a: string;
                    b?: string;
                    by?: string;
                    cap?: number;
                    /** Format: date-time */
                    changed?: string;
                    channels?: string[];
                    /** Format: date-time */
                    from?: string;
                    id: string;
                    items?: string[];
                    name: string;
                    on: boolean;
                    rules?: string[];
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        a: string;
                        b?: string;
                        by?: string;
                        cap?: number;
                        /** Format: date-time */
                        changed?: string;
                        channels?: string[];
                        /** Format: date-time */
                        from?: string;
                        id: string;
                        items?: string[];
                        name: string;
                        on: boolean;
                        rules?: string[];
                        /** Format: date-time */
                        until?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_outreach_campaigns_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    a: string;
                    b?: string;
                    by?: string;
                    cap?: number;
                    /** Format: date-time */
                    changed?: string;
                    channels?: string[];
                    /** Format: date-time */
                    from?: string;
                    id: string;
                    items?: string[];
                    name: string;
                    on: boolean;
                    rules?: string[];
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        a: string;
                        b?: string;
                        by?: string;
                        cap?: number;
                        /** Format: date-time */
                        changed?: string;
                        channels?: string[];
                        /** Format: date-time */
                        from?: string;
                        id: string;
                        items?: string[];
                        name: string;
                        on: boolean;
                        rules?: string[];
                        /** Format: date-time */
                        until?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_campaigns_id_results: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        campaign: string;
                        cap: number;
                        difference?: {
                            enough: boolean;
                            /** Format: double */
                            high: number;
                            /** Format: double */
                            low: number;
                            needed?: number;
                            /** Format: double */
                            value: number;
                        } | null;
                        today: number;
                        variants: {
                            answered: number;
                            /** Format: double */
                            high: number;
                            /** Format: double */
                            low: number;
                            people: number;
                            /** Format: double */
                            rate: number;
                            text: string;
                            variant: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_outreach_campaigns_id_start: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        a: string;
                        b?: string;
                        by?: string;
                        cap?: number;
                        /** Format: date-time */
                        changed?: string;
                        channels?: string[];
                        /** Format: date-time */
                        from?: string;
                        id: string;
                        items?: string[];
                        name: string;
                        on: boolean;
                        rules?: string[];
                        /** Format: date-time */
                        until?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_outreach_campaigns_id_stop: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        a: string;
                        b?: string;
                        by?: string;
                        cap?: number;
                        /** Format: date-time */
                        changed?: string;
                        channels?: string[];
                        /** Format: date-time */
                        from?: string;
                        id: string;
                        items?: string[];
                        name: string;
                        on: boolean;
                        rules?: string[];
                        /** Format: date-time */
                        until?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_funnel: {
        parameters: {
            query?: {
                /** @description of one campaign */
                campaign?: string;
                /** @description on one channel */
                channel?: string;
                /** @description RFC 3339 or ms; four weeks ago by default */
                from?: string;
                /** @description found by one rule */
                rule?: string;
                /** @description RFC 3339 or ms; now by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        comments: number;
                        /** Format: date-time */
                        from: string;
                        matched_comments: number;
                        steps: {
                            of: number;
                            people: number;
                            state: string;
                        }[];
                        /** Format: date-time */
                        to: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_owners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        owners: {
                            id: string;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_quota_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        left: {
                            channel: string;
                            kept?: number;
                            left: number;
                            limit: number;
                            scene: string;
                            /** Format: date-time */
                            until?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rules: {
                            all?: string[];
                            any: string[];
                            by?: string;
                            by_name?: string;
                            /** Format: date-time */
                            changed?: string;
                            channels?: string[];
                            id: string;
                            items?: string[];
                            name: string;
                            near?: number;
                            none?: string[];
                            off?: boolean;
                            reply?: string;
                            /** Format: double */
                            score: number;
                            sounds?: boolean;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_outreach_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    all?: string[];
                    any: string[];
                    by?: string;
                    /** Format: date-time */
                    changed?: string;
                    channels?: string[];
                    confirm: boolean;
                    id: string;
                    items?: string[];
                    name: string;
                    near?: number;
                    none?: string[];
                    off?: boolean;
                    reply?: string;
                    /** Format: double */
                    score: number;
                    sounds?: boolean;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        all?: string[];
                        any: string[];
                        by?: string;
                        /** Format: date-time */
                        changed?: string;
                        channels?: string[];
                        id: string;
                        items?: string[];
                        name: string;
                        near?: number;
                        none?: string[];
                        off?: boolean;
                        reply?: string;
                        /** Format: double */
                        score: number;
                        sounds?: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_outreach_rules_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    all?: string[];
                    any: string[];
                    by?: string;
                    /** Format: date-time */
                    changed?: string;
                    channels?: string[];
                    confirm: boolean;
                    id: string;
                    items?: string[];
                    name: string;
                    near?: number;
                    none?: string[];
                    off?: boolean;
                    reply?: string;
                    /** Format: double */
                    score: number;
                    sounds?: boolean;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        all?: string[];
                        any: string[];
                        by?: string;
                        /** Format: date-time */
                        changed?: string;
                        channels?: string[];
                        id: string;
                        items?: string[];
                        name: string;
                        near?: number;
                        none?: string[];
                        off?: boolean;
                        reply?: string;
                        /** Format: double */
                        score: number;
                        sounds?: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_outreach_rules_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_outreach_rules_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    all?: string[];
                    any: string[];
                    by?: string;
                    /** Format: date-time */
                    changed?: string;
                    channels?: string[];
                    days?: number;
                    id: string;
                    items?: string[];
                    name: string;
                    near?: number;
                    none?: string[];
                    off?: boolean;
                    reply?: string;
                    /** Format: double */
                    score: number;
                    sounds?: boolean;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        advice: string[];
                        comments: number;
                        examples: {
                            allowed: boolean;
                            /** Format: date-time */
                            at: string;
                            because: string;
                            campaign_name?: string;
                            detail?: string;
                            name?: string;
                            next_step: string;
                            person: string;
                            reply?: string;
                            spans: {
                                end: number;
                                phrase: string;
                                start: number;
                            }[];
                            text: string;
                            /** Format: date-time */
                            until?: string;
                            why: string;
                            would_send: boolean;
                        }[];
                        matched: number;
                        /** Format: double */
                        share: number;
                        warning?: string;
                        would_send: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_outreach_sends: {
        parameters: {
            query?: {
                /** @description of one campaign */
                campaign?: string;
                /** @description RFC 3339 or ms; four weeks ago by default */
                from?: string;
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
                /** @description to one person */
                person?: string;
                /** @description found by one rule */
                rule?: string;
                /** @description pending, sent, arrived, failed or uncertain */
                state?: string;
                /** @description RFC 3339 or ms; now by default */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sends: {
                            after: string;
                            agent?: string;
                            agent_name?: string;
                            /** Format: date-time */
                            at: string;
                            because?: string;
                            by: string;
                            campaign?: string;
                            campaign_name?: string;
                            channel: string;
                            code?: number;
                            comment?: string;
                            held?: boolean;
                            id: string;
                            item?: string;
                            kind: string;
                            name?: string;
                            person: string;
                            /** Format: date-time */
                            retry?: string;
                            rule?: string;
                            rule_name?: string;
                            scene?: string;
                            /** Format: date-time */
                            settled?: string;
                            state: string;
                            text: string;
                            then: string;
                            tries?: number;
                            unseen?: boolean;
                            variant?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: {
                            active: boolean;
                            capacity: number;
                            id: string;
                            initial: boolean;
                            load: number;
                            name: string;
                            role: string;
                            skills: string[];
                            status: string;
                            team: string;
                        }[];
                        skills: string[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_people: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    capacity: number;
                    id: string;
                    name: string;
                    role: string;
                    skills: string[];
                    team: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password: string;
                        person: {
                            active: boolean;
                            capacity: number;
                            id: string;
                            initial: boolean;
                            load: number;
                            name: string;
                            role: string;
                            skills: string[];
                            status: string;
                            team: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_people_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    active: boolean;
                    capacity: number;
                    name: string;
                    role: string;
                    skills: string[];
                    team: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        active: boolean;
                        capacity: number;
                        id: string;
                        initial: boolean;
                        load: number;
                        name: string;
                        role: string;
                        skills: string[];
                        status: string;
                        team: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_people_id_logout: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: int64 */
                        ended: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_people_id_password: {
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
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password: string;
                        person: {
                            active: boolean;
                            capacity: number;
                            id: string;
                            initial: boolean;
                            load: number;
                            name: string;
                            role: string;
                            skills: string[];
                            status: string;
                            team: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_policies: {
        parameters: {
            query?: {
                /** @description true leaves out the files of all but the one in force */
                brief?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        people: {
                            [key: string]: string;
                        };
                        sets: {
                            /** Format: date-time */
                            at?: string;
                            author: string;
                            base?: string;
                            files: {
                                [key: string]: string;
                            };
                            note: string;
                            revision?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_policies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    base: string;
                    files: {
                        [key: string]: string;
                    };
                    note: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_policies_revision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                revision: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at?: string;
                        author: string;
                        base?: string;
                        files: {
                            [key: string]: string;
                        };
                        note: string;
                        revision?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_policies_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    files: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mistakes: {
                            code?: string;
                            column: number;
                            file: string;
                            line: number;
                            meaning?: string;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_policies_decisions: {
        parameters: {
            query?: {
                /** @description of decisions, 1 to 7; 7 by default */
                days?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decisions: {
                            after: {
                                action?: string;
                                allow: boolean;
                                days?: number;
                                reason: string;
                                revision: string;
                                rule: string;
                            };
                            before: {
                                action?: string;
                                allow: boolean;
                                days?: number;
                                reason: string;
                                revision: string;
                                rule: string;
                            };
                            input: unknown;
                            /** Format: date-time */
                            last: string;
                            question: string;
                            times: number;
                        }[];
                        unrecorded: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_policies_draft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        base: string;
                        files: {
                            [key: string]: string;
                        };
                        note?: string;
                        /** Format: date-time */
                        recorded?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_policies_draft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    at: string;
                    base: string;
                    files: {
                        [key: string]: string;
                    };
                    note?: string;
                    /** Format: date-time */
                    recorded?: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        base: string;
                        files: {
                            [key: string]: string;
                        };
                        note?: string;
                        /** Format: date-time */
                        recorded?: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_policies_draft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_policies_publish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    base: string;
                    despite: boolean;
                    files: {
                        [key: string]: string;
                    };
                    note: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_policies_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    days?: number;
                    files: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            after: {
                                action?: string;
                                allow: boolean;
                                days?: number;
                                reason: string;
                                revision: string;
                                rule: string;
                            };
                            before: {
                                action?: string;
                                allow: boolean;
                                days?: number;
                                reason: string;
                                revision: string;
                                rule: string;
                            };
                            input: unknown;
                            /** Format: date-time */
                            last: string;
                            question: string;
                            times: number;
                        }[];
                        channels: {
                            decisions: number;
                            different: number;
                            name: string;
                        }[];
                        decisions: number;
                        different: number;
                        questions: {
                            decisions: number;
                            different: number;
                            name: string;
                        }[];
                        roles: {
                            decisions: number;
                            different: number;
                            name: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_policies_rollback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    note: string;
                    revision: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_policies_table: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cells: {
                            action: string;
                            field: string;
                            reason: string;
                            role: string;
                            rule: string;
                        }[];
                        fields: string[];
                        files?: {
                            [key: string]: string;
                        };
                        roles: string[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_policies_table: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    action?: string;
                    field?: string;
                    files: {
                        [key: string]: string;
                    };
                    role?: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cells: {
                            action: string;
                            field: string;
                            reason: string;
                            role: string;
                            rule: string;
                        }[];
                        fields: string[];
                        files?: {
                            [key: string]: string;
                        };
                        roles: string[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_policies_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    files: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        coverage: {
                            [key: string]: number;
                        };
                        /** Format: double */
                        covered: number;
                        failed: number;
                        missed: {
                            [key: string]: number[];
                        };
                        passed: number;
                        skipped: number;
                        tests: {
                            error?: string;
                            failed_at?: number;
                            file: string;
                            line: number;
                            /** Format: int64 */
                            micros: number;
                            name: string;
                            output?: string;
                            pass: boolean;
                            skip?: boolean;
                            trace?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_providers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        providers: {
                            /** Format: int64 */
                            budget: number;
                            day: {
                                /** Format: int64 */
                                calls: number;
                                /** Format: int64 */
                                errors: number;
                                /** Format: int64 */
                                micro_yuan: number;
                                /** Format: double */
                                p50: number;
                                /** Format: double */
                                p95: number;
                                /** Format: double */
                                share: number;
                            };
                            /** Format: double */
                            failures: number;
                            last_error: string;
                            model: string;
                            name: string;
                            place: number;
                            /** Format: int64 */
                            spent: number;
                            state: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_providers_test: {
        parameters: {
            query?: {
                /** @description which, by its place from 1; the one that customers would get by default */
                provider?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        because: string;
                        detail: string;
                        /** Format: int64 */
                        micro_yuan: number;
                        model: string;
                        provider: string;
                        text: string;
                        /** Format: int64 */
                        took: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waiting: {
                            agent?: string;
                            conversation: string;
                            position: number;
                            priority: number;
                            /** Format: date-time */
                            since: string;
                            skill?: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_queue_next: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        conversation: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revision: string;
                        roles: {
                            name: string;
                            parts: {
                                [key: string]: string;
                            };
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_staff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        staff: {
                            capacity: number;
                            id: string;
                            load: number;
                            name: string;
                            role: string;
                            skills: string[];
                            status: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_staff_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_staff_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    new_password?: string;
                    password: string;
                    user: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expires_at: string;
                        staff: {
                            capacity: number;
                            id: string;
                            load: number;
                            name: string;
                            role: string;
                            skills: string[];
                            status: string;
                        };
                        token: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_staff_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_staff_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        capacity: number;
                        id: string;
                        load: number;
                        name: string;
                        parts: {
                            [key: string]: string;
                        };
                        role: string;
                        skills: string[];
                        status: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_staff_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    new: string;
                    old: string;
                };
            };
        };
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_staff_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    status: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        capacity: number;
                        id: string;
                        load: number;
                        name: string;
                        role: string;
                        skills: string[];
                        status: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_streams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backlogs: {
                            /** Format: int64 */
                            parked: number;
                            /** Format: int64 */
                            pending: number;
                            subscription: string;
                            topic: string;
                        }[];
                        dead: {
                            attempts: number;
                            died: string;
                            id: string;
                            reason: string;
                            subscription: string;
                            topic: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_streams_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    topic: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        company: {
                            hours: {
                                days?: {
                                    date: string;
                                    name?: string;
                                    spans: {
                                        from: string;
                                        to: string;
                                    }[];
                                }[];
                                week: {
                                    from: string;
                                    to: string;
                                }[][];
                                zone?: string;
                            };
                            /** Format: date-time */
                            next?: string;
                            open: boolean;
                        };
                        teams: {
                            hours: {
                                days?: {
                                    date: string;
                                    name?: string;
                                    spans: {
                                        from: string;
                                        to: string;
                                    }[];
                                }[];
                                week: {
                                    from: string;
                                    to: string;
                                }[][];
                                zone?: string;
                            };
                            id: string;
                            lead: string;
                            members: string[];
                            name: string;
                            /** Format: date-time */
                            next?: string;
                            open: boolean;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    hours: {
                        days?: {
                            date: string;
                            name?: string;
                            spans: {
                                from: string;
                                to: string;
                            }[];
                        }[];
                        week: {
                            from: string;
                            to: string;
                        }[][];
                        zone?: string;
                    };
                    lead: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hours: {
                            days?: {
                                date: string;
                                name?: string;
                                spans: {
                                    from: string;
                                    to: string;
                                }[];
                            }[];
                            week: {
                                from: string;
                                to: string;
                            }[][];
                            zone?: string;
                        };
                        id: string;
                        lead: string;
                        members: string[];
                        name: string;
                        /** Format: date-time */
                        next?: string;
                        open: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    put_api_v1_teams_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    hours: {
                        days?: {
                            date: string;
                            name?: string;
                            spans: {
                                from: string;
                                to: string;
                            }[];
                        }[];
                        week: {
                            from: string;
                            to: string;
                        }[][];
                        zone?: string;
                    };
                    lead: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hours: {
                            days?: {
                                date: string;
                                name?: string;
                                spans: {
                                    from: string;
                                    to: string;
                                }[];
                            }[];
                            week: {
                                from: string;
                                to: string;
                            }[][];
                            zone?: string;
                        };
                        id: string;
                        lead: string;
                        members: string[];
                        name: string;
                        /** Format: date-time */
                        next?: string;
                        open: boolean;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    delete_api_v1_teams_id: {
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
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_web_events: {
        parameters: {
            query?: {
                /** @description where the customer is, for the staff */
                page?: string;
                /** @description the session token, for clients that cannot set headers */
                token?: string;
            };
            header?: {
                /** @description the last event that was seen; without it the conversation is told from its beginning */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_web_leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_web_live: {
        parameters: {
            query?: {
                /** @description the last event that was seen */
                after?: string;
                /** @description where the customer is, for the staff */
                page?: string;
                /** @description the session token, for clients that cannot set headers */
                token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_web_messages: {
        parameters: {
            query?: {
                /** @description only what has a lower seq */
                before?: string;
                /** @description at most, 1 to 200; 50 by default */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            by: string;
                            citations: {
                                article: string;
                                passage: string;
                                title: string;
                            }[];
                            conversation: string;
                            id: string;
                            intent?: string;
                            options?: string[];
                            pictures?: {
                                bytes: number;
                                height: number;
                                id: string;
                                type: string;
                                width: number;
                            }[];
                            /** Format: int64 */
                            seq?: number;
                            text: string;
                        }[];
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_web_messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same key never counts twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    pictures?: string[];
                    text: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: {
                            agent?: string;
                            /** Format: date-time */
                            at: string;
                            by: string;
                            citations: {
                                article: string;
                                passage: string;
                                title: string;
                            }[];
                            conversation: string;
                            id: string;
                            intent?: string;
                            options?: string[];
                            pictures?: {
                                bytes: number;
                                height: number;
                                id: string;
                                type: string;
                                width: number;
                            }[];
                            /** Format: int64 */
                            seq?: number;
                            text: string;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_web_pictures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "image/*": string;
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        picture: {
                            bytes: number;
                            height: number;
                            id: string;
                            type: string;
                            width: number;
                        };
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_api_v1_web_pictures_id: {
        parameters: {
            query?: {
                /** @description the session token, for clients that cannot set headers */
                token?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_web_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    device: string;
                    member: string;
                    name: string;
                    page: string;
                    visitor: string;
                };
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        brand: {
                            name: string;
                        };
                        conversation: string;
                        /** Format: date-time */
                        expires_at: string;
                        member?: {
                            name: string;
                        } | null;
                        session: string;
                        token: string;
                        visitor: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_api_v1_web_typing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_hooks_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    post_hooks_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
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
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
    get_readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            /** @description an error, in the language of Accept-Language */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: {
                            code: string;
                            message: string;
                            request_id: string;
                        };
                    };
                };
            };
        };
    };
}
