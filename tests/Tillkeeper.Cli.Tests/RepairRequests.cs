namespace Tillkeeper.Cli.Tests;

/// <summary>Commands of repair, replacement and move, and the request each must become.</summary>
public static class RepairRequests
{
    public static TheoryData<string, string, string, string?> All =>
        new()
        {
            {
                "repair open --terminal t1 --part printer --fault stripes --lock l1 --case c1",
                "POST",
                "repairs",
                """{"terminalId":"t1","part":"printer","fault":"stripes","lockId":"l1","caseId":"c1"}"""
            },
            {
                "repair diagnose t1 --part printer --answers yes,no",
                "GET",
                "terminals/t1/diagnosis?part=printer&answers=yes%2Cno",
                null
            },
            { "repair list", "GET", "repairs", null },
            { "repair show r1", "GET", "repairs/r1", null },
            {
                "repair dispatch r1 --company Huaxin --repairer Zhao",
                "POST",
                "repairs/r1/dispatch",
                """{"company":"Huaxin","repairer":"Zhao"}"""
            },
            {
                "repair identify r1 --proof passport",
                "POST",
                "repairs/r1/identity",
                """{"proof":"passport"}"""
            },
            {
                "repair custody r1 --from shop --to repairer --condition whole --seal B1",
                "POST",
                "repairs/r1/custody",
                """{"from":"shop","to":"repairer","condition":"whole","seal":"B1"}"""
            },
            {
                "repair finish r1 --result repaired --work cleaned --wear-part head --due-on 2027-11-22",
                "POST",
                "repairs/r1/result",
                """{"result":"repaired","work":"cleaned","sealIntact":true,"parts":[{"part":"head","wearPart":true,"dueOn":"2027-11-22"}]}"""
            },
            {
                "repair finish r1 --result unrepairable --work none --seal-broken",
                "POST",
                "repairs/r1/result",
                """{"result":"unrepairable","work":"none","sealIntact":false}"""
            },
            {
                "repair accept r1 --reason works",
                "POST",
                "repairs/r1/acceptance",
                """{"reason":"works"}"""
            },
            {
                "repair cancel r1 --reason cable",
                "POST",
                "repairs/r1/cancellation",
                """{"reason":"cable"}"""
            },
            {
                "replacement propose t1 t2 --reason worn --acquirer a --merchant-code m --credit-code c --account 3321 --address Road",
                "POST",
                "replacements",
                """{"terminalId":"t1","newTerminalId":"t2","registrations":[{"acquirerCode":"a","merchantCode":"m","creditCode":"c","settlementAccount":"3321","addressOfUse":"Road"}],"reason":"worn"}"""
            },
            { "replacement list", "GET", "replacements", null },
            { "replacement show x1", "GET", "replacements/x1", null },
            {
                "replacement acknowledge x1 --reference UMS-1",
                "POST",
                "replacements/x1/acknowledgement",
                """{"reference":"UMS-1"}"""
            },
            {
                "replacement approve x1 --reason agreed",
                "POST",
                "replacements/x1/approval",
                """{"reason":"agreed"}"""
            },
            {
                "replacement withdraw x1 --reason no",
                "POST",
                "replacements/x1/withdrawal",
                """{"reason":"no"}"""
            },
            {
                "move announce t1 --from 2026-12-01T00:00:00Z --until 2026-12-03T00:00:00Z --address Road --reason lease --place 31.25,121.47,200",
                "POST",
                "terminals/t1/moves",
                """{"from":"2026-12-01T00:00:00Z","until":"2026-12-03T00:00:00Z","location":{"lat":31.25,"lon":121.47,"radiusM":200},"address":"Road","reason":"lease"}"""
            },
            {
                "move approve t1 --reason known",
                "POST",
                "terminals/t1/moves/approval",
                """{"reason":"known"}"""
            },
            { "move withdraw t1", "DELETE", "terminals/t1/moves", null },
            {
                "move settle --case c1 --reason moved --networks 203.0.113.0/24 --acquirer a --merchant-code m --credit-code c --account 3321 --address Road",
                "POST",
                "relocations",
                """{"caseId":"c1","networks":["203.0.113.0/24"],"registrations":[{"acquirerCode":"a","merchantCode":"m","creditCode":"c","settlementAccount":"3321","addressOfUse":"Road"}],"reason":"moved"}"""
            },
            { "move list", "GET", "relocations", null },
            { "move show m1", "GET", "relocations/m1", null },
            {
                "move acknowledge m1 --reference UMS-2",
                "POST",
                "relocations/m1/acknowledgement",
                """{"reference":"UMS-2"}"""
            },
            {
                "move accept m1 --reason genuine",
                "POST",
                "relocations/m1/approval",
                """{"reason":"genuine"}"""
            },
            {
                "move drop m1 --reason no",
                "POST",
                "relocations/m1/withdrawal",
                """{"reason":"no"}"""
            },
        };
}
