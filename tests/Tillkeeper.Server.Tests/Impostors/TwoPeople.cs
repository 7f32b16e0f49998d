using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>One thing that needs two people.</summary>
/// <param name="Role">What both of them are.</param>
/// <param name="First">What the first does.</param>
/// <param name="Second">What only another human can do then.</param>
/// <param name="Done">How that is answered.</param>
internal sealed record Walk(
    Scene Scene,
    string Role,
    Func<TestPerson, Task> First,
    Func<TestPerson, Task<Answer>> Second,
    int Done
) : IDisposable
{
    public (int Status, string Code) Refused { get; init; } = (409, "second_person_required");

    public void Dispose() => Scene.Dispose();
}

/// <summary>Every route where the word of one is not enough, or where nobody decides what they had a hand in.</summary>
internal static class TwoPeople
{
    private static readonly object Reason = new { reason = "agreed" };

    public static IReadOnlyDictionary<string, Func<RunningServer, Task<Walk>>> All { get; } =
        new Dictionary<string, Func<RunningServer, Task<Walk>>>(StringComparer.Ordinal)
        {
            ["locks/{lockId}/release"] = async server =>
            {
                var s = await Scene.Set(server, Cause.StateUnknown);
                return Same(s, "risk", $"{s.Path}/locks/{s.LockId}/release", 202);
            },
            ["tamper-repair"] = async server =>
            {
                var s = await Scene.Set(server, Cause.Tamper);
                return Same(s, "risk", $"{s.Path}/tamper-repair", 204, Bodies.Repair);
            },
            ["repairs/{id}/acceptance"] = async server =>
            {
                var s = await Scene.Set(server, Cause.HardwareFault);
                return Same(s, "risk", $"{await RepairAttacks.Tested(s)}/acceptance", 204);
            },
            ["replacements/{id}/approval"] = async server =>
            {
                var s = await Scene.Set(server, Cause.HardwareFault);
                return Same(s, "risk", $"{await BindingAttacks.Replaced(s)}/approval", 204);
            },
            ["relocations/{id}/approval"] = async server =>
            {
                var s = await Scene.Set(server, Cause.LocationAnomaly);
                var at = await BindingAttacks.Moved(s, s.Helpdesk);
                return Same(s, "risk", $"{at}/approval", 204);
            },
            ["relocations/{id}/approval by who attached the lease"] = async server =>
            {
                var s = await Scene.Set(server, Cause.LocationAnomaly);
                var at = "";
                return new Walk(
                    s,
                    "risk",
                    async by => at = await BindingAttacks.Moved(s, by),
                    async by => await by.Post($"{at}/approval", Reason),
                    409
                )
                {
                    Refused = (403, "own_case"),
                };
            },
            ["moves/approval"] = async server =>
            {
                var s = await Scene.Set(server, Cause.LocationAnomaly);
                var move = ShopBindings.Move(server.Clock.GetUtcNow());
                (await s.Keeper.Post($"{s.Path}/moves", move)).Expect(201);
                return Same(s, "fleet", $"{s.Path}/moves/approval", 204);
            },
            ["cases/{id}/decision after the contact changed"] = async server =>
            {
                var s = await Scene.Set(server, Cause.WrongPassword);
                await ContactAttacks.ChangeContact(s);
                var id = await s.Case(s.Keeper, "password_reset");
                return new Walk(
                    s,
                    "risk",
                    async by => (await Scene.Decide(by, id)).Refuses(409, "second_person_required"),
                    by => Scene.Decide(by, id),
                    200
                );
            },
            ["cases/{id}/decision by who opened it"] = async server =>
                await OwnCase(server, (by, id) => Scene.Decide(by, id), 200),
            ["cases/{id}/call-backs by who opened it"] = async server =>
                await OwnCase(
                    server,
                    (by, id) => by.Post($"/api/v1/cases/{id}/call-backs", new { }),
                    201
                ),
            ["cases/{id}/offline-code"] = async server =>
            {
                var s = await Scene.Set(server, Cause.LocationAnomaly);
                var id = await s.Case(s.Keeper, "offline_code");
                var challenge = await s.Challenge();
                return new Walk(
                    s,
                    "risk",
                    async by => (await Scene.Decide(by, id)).Expect(200),
                    by => by.Post($"/api/v1/cases/{id}/offline-code", new { challenge }),
                    200
                );
            },
            ["complaints/{id}/review"] = async server =>
            {
                var s = await Scene.Set(server, Cause.Remote);
                var at = "";
                return new Walk(
                    s,
                    "risk",
                    async by => at = await Complain(s, by),
                    by => by.Post(at, new { outcome = "overturned", reason = "no ground" }),
                    200
                )
                {
                    Refused = (403, "own_decision"),
                };
            },
            ["networks/{request}/decision"] = async server =>
            {
                var s = await Scene.Set(server, Cause.NetworkAnomaly);
                var at = "";
                return new Walk(
                    s,
                    "risk",
                    async by => at = await Ask(s, by),
                    by => by.Post(at, new { decision = "approve", reason = "called back" }),
                    204
                )
                {
                    Refused = (403, "own_request"),
                };
            },
            ["locks/batches/{id}/release"] = async server =>
            {
                var s = await Scene.Set(server, Cause.StateUnknown);
                var batch = await Batch(s, await server.Locker(), secondPerson: false);
                return Same(s, "risk", $"{batch}/release", 202);
            },
            ["locks/batches/{id}/approve"] = async server =>
            {
                var s = await Scene.Set(server, Cause.StateUnknown);
                var batch = "";
                return new Walk(
                    s,
                    "risk",
                    async by => batch = await Batch(s, by, secondPerson: true),
                    by => by.Post($"{batch}/approve", Reason),
                    202
                );
            },
            ["campaigns/{id}/resume"] = async server =>
            {
                var s = await Scene.Set(server, Cause.StateUnknown);
                var id = "";
                return new Walk(
                    s,
                    "fleet",
                    async by => id = await GoBack(s, by),
                    by => by.Post($"/api/v1/campaigns/{id}/resume", Reason),
                    200
                );
            },
            ["crises/{id}/stop"] = async server =>
                Same(
                    await Scene.Set(server, Cause.StateUnknown),
                    "risk",
                    $"{await Crisis(server, "reboots")}/stop",
                    202
                ),
            ["crises/{id}/undo"] = async server =>
            {
                var at = await Crisis(server, "velocity");
                await (await server.Person("risk")).Post($"{at}/stop", Reason);
                (await server.Admin.Post($"{at}/stop", Reason)).Expect(202);
                var s = await Scene.Set(server, Cause.StateUnknown);
                return Same(s, "risk", $"{at}/undo", 202);
            },
        };

    /// <summary>Both do the same.</summary>
    private static Walk Same(Scene s, string role, string path, int done, object? body = null) =>
        new(
            s,
            role,
            async by =>
                (await by.Post(path, body ?? Reason)).Refuses(409, "second_person_required"),
            by => by.Post(path, body ?? Reason),
            done
        );

    private static async Task<Walk> OwnCase(
        RunningServer server,
        Func<TestPerson, string, Task<Answer>> act,
        int done
    )
    {
        var s = await Scene.Set(server, Cause.WrongPassword);
        var id = "";
        return new Walk(
            s,
            "risk",
            async by => id = await s.Case(by, "password_reset"),
            by => act(by, id),
            done
        )
        {
            Refused = (403, "own_case"),
        };
    }

    private static async Task<string> Complain(Scene s, TestPerson by)
    {
        var body = new
        {
            kind = "lock",
            terminalId = s.Terminal.Id,
            lockId = s.LockId,
            text = "There was no reason.",
        };
        var id = (await by.Post("/api/v1/complaints", body)).Expect(201).Text("id");
        return $"/api/v1/complaints/{id}/review";
    }

    private static async Task<string> Ask(Scene s, TestPerson by)
    {
        var body = new { network = "198.51.100.0/24", reason = "a second line" };
        var id = (await by.Post($"{s.Path}/networks", body)).Expect(201).Text("id");
        return $"{s.Path}/networks/{id}/decision";
    }

    private static async Task<string> Batch(Scene s, TestPerson by, bool secondPerson)
    {
        var body = new
        {
            selector = new { merchantId = s.Merchant },
            cause = "maintenance",
            reason = "test",
            secondPerson,
        };
        var id = (await by.Post("/api/v1/locks", body)).Expect(202).Text("batchId");
        return $"/api/v1/locks/batches/{id}";
    }

    private static async Task<string> GoBack(Scene s, TestPerson by)
    {
        var artifact = await s.Server.Admin.Put("/api/v1/artifacts?name=till&version=1.0", [1]);
        var body = new
        {
            name = "Back to 1.0",
            artifact = artifact.Text("id"),
            selector = new { merchantId = s.Merchant },
            downgrade = true,
            reason = "test",
        };
        var proposed = await by.Post("/api/v1/campaigns", body);
        proposed.Refuses(409, "second_person_required");
        return proposed.Text("id");
    }

    private static async Task<string> Crisis(RunningServer server, string rule)
    {
        var opened = await server.Admin.Post("/api/v1/crises", new { rule, reason = "wrong" });
        return $"/api/v1/crises/{opened.Expect(201).Text("id")}";
    }
}
