using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Runtime;

/// <summary>The views and the folds that a server wrote are exactly those that its log makes when it is read again.</summary>
public sealed class RebuildTests
{
    private static readonly string[] Views =
    [
        "orgs",
        "merchants",
        "keys",
        "accounts",
        "terminals",
        "bindings",
        "enrolment_codes",
        "orders",
        "batch_locks",
        "lock_batches",
        "cases",
        "case_documents",
        "complaints",
        "announcements",
        "investigations",
        "investigation_locks",
        "case_facts",
        "lock_spans",
        "artifacts",
        "campaigns",
        "campaign_terminals",
        "terminal_software",
        "alerts",
        "timers",
        "enrolled",
        "revoked_terminals",
        "rule_hits",
        "policies",
        "policy_history",
        "policy_proposals",
        "policy_book",
        "policy_rollouts",
        "forced_rules",
        "terminal_policies",
        "terminal_stores",
        "repairs",
        "wear_parts",
        "binding_changes",
    ];

    [Fact]
    public async Task Views_and_folds_are_what_the_log_says()
    {
        await using var server = await RunningServer.StartAsync();
        using var tree = await LiveAsync(server);
        Compare(server, Views);
    }

    /// <summary>Makes everything anew from the log of a server and compares; none of these views may be empty.</summary>
    internal static void Compare(RunningServer server, params IEnumerable<string> views)
    {
        using TempFolder folder = new();
        using Database rebuilt = new(folder.File("rebuilt.db"));
        using SqliteConnection log = new(
            $"Data Source={Path.Combine(server.Data, "tillkeeper.db")};Pooling=False"
        );
        log.Open();
        // One snapshot: the server writes on meanwhile.
        log.Execute("BEGIN TRANSACTION");
        using Replay replay = new(log, rebuilt);
        replay.Run();

        foreach (var view in views)
        {
            var written = Rows(log, view);
            Assert.NotEmpty(written);
            Assert.Equal(written, Rows(rebuilt.Writer, view));
        }
        var streams = log.Query<(string Stream, byte[] State)>("SELECT stream, state FROM streams")
            .AsList();
        foreach (var (stream, state) in streams)
        {
            var (stored, folded) = (Parse(state), Parse(replay.StateOf(stream)));
            Assert.True(
                JsonElement.DeepEquals(stored, folded),
                $"{stream}: stored {stored}, folded {folded}"
            );
        }
    }

    /// <summary>A day at work: every kind of event that a server writes today.</summary>
    private static async Task<Tree> LiveAsync(RunningServer server)
    {
        var tree = await Tree.Plant(server);
        var (admin, risk) = (server.Admin, await server.Person("risk"));
        var (a1, a2, b1) = (tree.A1, tree.A2, tree.B1);
        var yes = new { decision = "approve", reason = "seen" };
        (await admin.Post($"/api/v1/cases/{a1.Case}/decision", yes)).Expect(200);
        var code = new { challenge = Isolation.Challenges.Of(a1) };
        (await risk.Post($"/api/v1/cases/{a1.Case}/offline-code", code)).Expect(200);
        await a1.Terminal.Report(
            new LockEnded(a1.PasswordLock, WayOut.PasswordReset, Shop.Clock),
            new OperatorSignedIn("operator-1", OperatorRole.Cashier, a1.PasswordLock),
            new DeviceStarted(Shop.Clock, "1.2.3"),
            new SoftwareFound("0.9", "0.9-factory.1")
        );
        var no = new { decision = "refuse", reason = "forged" };
        (await admin.Post($"/api/v1/cases/{a2.Case}/decision", no)).Expect(200);
        (await admin.Get($"/api/v1/cases/{a2.Case}/documents/{a2.Document}")).Expect(200);
        var release = $"/api/v1/terminals/{a2.Terminal.Id}/locks/{a2.RemoteLock}/release";
        (await admin.Post(release, new { reason = "paid" })).Expect(202);
        (await a2.Terminal.Renew()).Expect(201);
        (
            await a2.Terminal.Send(Line.After(a2.Terminal.Last) with { Prev = new string('f', 64) })
        ).Expect(409);

        await PolicyDayAsync(server, tree);

        // A terminal is seen at its router, asked about, and is to move.
        var seen = new
        {
            nonce = "n",
            environment = new
            {
                gateway = new { address = "192.168.1.1", mac = "02:1b:aa:00:00:01" },
            },
        };
        using var beaten = await a1.Terminal.Http.PostAsJsonAsync("/terminal/v1/heartbeat", seen);
        var questions = $"/api/v1/terminals/{a1.Terminal.Id}/questions";
        (await admin.Post($"{questions}/environment/answer", new { answer = "ours" })).Expect(200);
        var move = new
        {
            from = DateTimeOffset.UtcNow,
            until = DateTimeOffset.UtcNow.AddDays(1),
            networks = new[] { "203.0.113.0/24" },
            address = "88 Renmin Road",
            reason = "moving",
        };
        (await admin.Post($"/api/v1/terminals/{a1.Terminal.Id}/moves", move)).Expect(201);

        // A terminal changes hands, and its acquirer's number goes on to another one.
        var moved = new { merchantId = b1.Merchant, model = "T7" };
        (await admin.PutJson($"/api/v1/terminals/by-serial/{a2.Serial}", moved)).Expect(200);
        var taking = new
        {
            serial = DoorTerminal.NewSerial(),
            merchantId = a1.Merchant,
            model = "T1",
            bindings = new[]
            {
                new
                {
                    acquirer = "unionpay",
                    mid = "M9",
                    tid = a2.Tid,
                },
            },
        };
        (await admin.Post("/api/v1/terminals", taking)).Expect(201);
        (await admin.Delete($"/api/v1/keys/{b1.Keeper.Id}")).Expect(204);
        (
            await admin.Post(
                $"/api/v1/terminals/{b1.Terminal.Id}/revoke",
                new { reason = "stolen" }
            )
        ).Expect(204);
        (await admin.Post($"/api/v1/terminals/{b1.Terminal.Id}/enrolment-codes", new { })).Expect(
            201
        );
        return tree;
    }

    private static async Task PolicyDayAsync(RunningServer server, Tree tree)
    {
        var (admin, a1) = (server.Admin, tree.A1.Terminal);
        await admin.Set("provider", "away: {idleAfter: PT10M}");
        await admin.Set($"merchant:{tree.A1.Merchant}", "away: {idleAfter: PT9M}");
        await admin.Set($"merchant:{tree.B1.Merchant}", "away: {idleAfter: PT8M}");
        await admin.Remove($"merchant:{tree.B1.Merchant}");
        await a1.ApplyAll();
        await RuleTests.Force(server, RuleName.Location);
        await RuleTests.Force(server, RuleName.CustomerPin);
        const string Lift = "/api/v1/policies/rules/customer_pin/lift";
        (await admin.Post(Lift, new { reason = "mended" })).Expect(204);
        // Brought out after everything before it.
        await admin.Set("provider", "away: {idleAfter: PT11M}");
        var proposal = new { document = "away: {idleAfter: PT7M}", reason = "calmer" };
        (
            await admin.Post($"{Policing.At($"merchant:{tree.A2.Merchant}")}/proposal", proposal)
        ).Refuses(409, "second_person_required");
        await a1.Report(RuleTests.Found(FindingEffect.Shadow));
        var stored = new
        {
            merchantId = tree.A1.Merchant,
            model = "T1",
            store = "North",
        };
        (await admin.PutJson($"/api/v1/terminals/by-serial/{tree.A1.Serial}", stored)).Expect(200);
    }

    private static JsonElement Parse(byte[] json) => JsonDocument.Parse(json).RootElement;

    private static List<string> Rows(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table}";
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            StringBuilder row = new();
            for (var i = 0; i < reader.FieldCount; i++)
            {
                row.Append(reader.GetName(i))
                    .Append('=')
                    .Append(
                        reader.GetValue(i) is byte[] bytes
                            ? Convert.ToHexString(bytes)
                            : reader.GetValue(i)
                    )
                    .Append('|');
            }
            rows.Add(row.ToString());
        }
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
