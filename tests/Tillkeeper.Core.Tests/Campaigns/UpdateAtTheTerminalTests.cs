using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Campaigns;

/// <summary>An update as the terminal decides about it: what it accepts, what keeps it, when its lock begins and ends.</summary>
public sealed class UpdateAtTheTerminalTests
{
    private const string Campaign = "3W0000000C";
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById(
        "Asia/Shanghai"
    );
    private readonly Till till = Till.Staffed();

    [Fact]
    public void From_the_order_to_the_new_version_the_lock_stands_exactly_while_something_is_touched()
    {
        Order("2.0");
        Assert.Empty(till.State.ActiveLocks);
        Step(UpdateHappening.Begun);
        Step(UpdateHappening.Succeeded);
        Step(UpdateHappening.Kept, UpdateGate.Window);
        Assert.Empty(till.State.ActiveLocks);

        Step(UpdateHappening.Cleared);
        var standing = till.TheLock();
        Assert.Equal((Cause.Maintenance, LockOwner.Terminal), (standing.Cause, standing.Owner));
        Assert.Equal(till.Real.AddMinutes(4), standing.ExpectedEnd);
        Assert.Equal([WayOut.MaintenanceDone], standing.WaysOut);

        Step(UpdateHappening.Cleared, slot: "2.0-b.1", previous: "1.0-a.1");
        Step(UpdateHappening.Succeeded);
        Step(UpdateHappening.Succeeded);
        till.Pass(TimeSpan.FromMinutes(3));
        Assert.Single(till.State.ActiveLocks);
        var events = Step(UpdateHappening.Succeeded);
        Assert.Empty(till.State.ActiveLocks);
        Assert.Equal(TimeSpan.FromMinutes(3), events.OfType<UpdateStepped>().Single().Took);
        Assert.Equal(WayOut.MaintenanceDone, events.OfType<LockEnded>().Single().WayOut);
        Assert.Equal(new InstalledSoftware("2.0", "2.0-b.1"), till.State.Software);
    }

    [Fact]
    public void A_version_that_does_not_prove_itself_is_rolled_back_and_the_old_one_stands_in_the_books()
    {
        till.Do(new FindSoftware(new InstalledSoftware("1.0", "1.0-a.1")));
        Install("2.0");
        Step(UpdateHappening.Failed, "health_check_failed");
        Assert.Single(till.State.ActiveLocks);
        Step(UpdateHappening.Succeeded, "health_check_failed");
        Assert.Empty(till.State.ActiveLocks);
        Assert.Equal(UpdateStep.RolledBack, till.State.Update!.Step);
        Assert.Equal("1.0", till.State.Software!.Version);
    }

    [Fact]
    public void An_older_version_needs_the_names_of_two_people_in_the_order()
    {
        till.Do(new FindSoftware(new InstalledSoftware("2.0", "2.0-b.1")));
        Assert.Equal("older_version", Refused("1.9"));
        Assert.Equal("older_version", Refused("1.9", "p-1"));
        Assert.Equal("older_version", Refused("1.9", "p-1", "p-1"));
        Assert.Null(Refused("1.9", "p-1", "p-2"));
    }

    [Fact]
    public void A_terminal_without_an_installer_refuses_and_says_so()
    {
        var order = till.Next(OrderKind.Update) with { Update = Update("2.0") };
        var refused = Assert.IsType<OrderRefused>(till.Do(new ApplyOrder(order))[^1]);
        Assert.Equal("no_installer", refused.Code);
        Assert.Null(till.State.Update);
    }

    [Fact]
    public void An_order_that_makes_no_sense_is_refused()
    {
        var update = Update("2.0");
        Assert.Equal(
            "invalid_update",
            Refused(update with { Artifact = update.Artifact with { Sha256 = "../../etc/passwd" } })
        );
        Assert.Equal(
            "invalid_update",
            Refused(update with { Artifact = update.Artifact with { Version = "2/0" } })
        );
        Assert.Equal(
            "invalid_update",
            Refused(update with { Artifact = update.Artifact with { Size = 0 } })
        );
    }

    [Fact]
    public void A_newer_order_takes_the_place_of_an_update_that_has_not_begun_and_of_no_other()
    {
        Order("2.0");
        Step(UpdateHappening.Begun);
        var events = Order("2.1", "3W0000000D");
        Assert.Equal(
            ("superseded", UpdateStep.Stopped),
            events.OfType<UpdateStepped>().Select(e => (e.Code, e.Step)).Single()
        );
        Assert.Equal("2.1", till.State.Update!.Ordered.Artifact.Version);
        foreach (
            var happening in (UpdateHappening[])
                [UpdateHappening.Begun, UpdateHappening.Succeeded, UpdateHappening.Cleared]
        )
        {
            Step(happening, campaign: "3W0000000D");
        }
        Assert.Equal("update_running", Refused("2.2"));
    }

    [Fact]
    public void A_stop_reaches_an_update_that_waits_and_is_refused_once_it_has_begun()
    {
        Order("2.0");
        var stop = till.Next(OrderKind.UpdateStop) with { Campaign = Campaign };
        till.Apply(stop);
        Assert.Equal(UpdateStep.Stopped, till.State.Update!.Step);

        Install("2.0");
        stop = till.Next(OrderKind.UpdateStop) with { Campaign = Campaign };
        Assert.Equal("update_running", Assert.IsType<OrderRefused>(till.Apply(stop)).Code);
        Assert.Single(till.State.ActiveLocks);
    }

    [Fact]
    public void What_runs_already_is_not_installed_again()
    {
        var artifact = Update("2.0").Artifact;
        till.Do(new FindSoftware(new InstalledSoftware("2.0", SlotName.Of(artifact, 1))));
        Order("2.0");
        Assert.Equal(UpdateStep.Done, till.State.Update!.Step);
        Assert.Equal("2.0", till.State.Software!.Version);
    }

    [Fact]
    public void No_order_of_the_providers_opens_a_terminal_in_the_middle_of_an_update()
    {
        Install("2.0");
        var release = till.Next(OrderKind.Release) with
        {
            LockId = till.TheLock().Id,
            WayOut = WayOut.ProviderRelease,
        };
        Assert.IsType<OrderRefused>(till.Apply(release));
        Assert.Single(till.State.ActiveLocks);
    }

    [Fact]
    public void A_missed_end_is_revised_in_the_open()
    {
        Install("2.0");
        var later = till.Real.AddMinutes(20);
        var revised = Assert.IsType<LockRevised>(
            Assert.Single(till.Do(new ReviseLock(till.TheLock().Id, later, 140)))
        );
        Assert.Equal((later, 100), (revised.ExpectedEnd, revised.Progress));
        Assert.Equal((later, 100), (till.TheLock().ExpectedEnd, till.TheLock().Progress));
        Assert.Empty(till.Do(new ReviseLock("0000000000", later, 1)));
    }

    [Theory]
    // Trusted time; in a transaction; unsettled sales; what keeps it.
    [InlineData(null, false, 0, UpdateGate.Time)]
    [InlineData("2026-03-02T12:00:00Z", false, 0, UpdateGate.Window)]
    [InlineData("2026-03-02T19:00:00Z", false, 0, null)]
    [InlineData("2026-03-02T19:00:00Z", true, 0, UpdateGate.Transaction)]
    [InlineData("2026-03-02T19:00:00Z", true, 2, UpdateGate.Batch)]
    [InlineData("2026-03-05T12:00:00Z", false, 0, null)]
    [InlineData("2026-03-05T12:00:00Z", true, 0, UpdateGate.Transaction)]
    [InlineData("2026-03-05T12:00:00Z", false, 1, UpdateGate.Batch)]
    [InlineData("2026-04-05T12:00:00Z", false, 1, UpdateGate.Batch)]
    public void The_window_gives_way_to_force_and_nothing_to_a_sale_or_an_unsettled_batch(
        string? trusted,
        bool inTransaction,
        long unsettled,
        string? keeps
    )
    {
        DateTimeOffset? now = trusted is null
            ? null
            : DateTimeOffset.Parse(trusted, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            keeps,
            UpdateGate.Keeps(
                Nightly,
                new UpdateHindrance(inTransaction, unsettled, Shanghai),
                new DeviceNow(new DeviceTime("b", 1, now), now ?? default)
            )
        );
    }

    [Fact]
    public void Only_a_policy_lets_a_forced_update_go_over_a_batch_and_only_after_its_time()
    {
        var hindrance = new UpdateHindrance(false, 3, Shanghai, TimeSpan.FromDays(2));
        foreach (
            var (day, keeps) in new[] { (4, UpdateGate.Batch), (5, UpdateGate.Batch), (7, null) }
        )
        {
            var now = new DateTimeOffset(2026, 3, day, 19, 0, 0, TimeSpan.Zero);
            Assert.Equal(
                keeps,
                UpdateGate.Keeps(
                    Nightly,
                    hindrance,
                    new DeviceNow(new DeviceTime("b", 1, now), now)
                )
            );
        }
    }

    private static OrderedUpdate Nightly =>
        Update("2.0") with
        {
            Window = new MaintenanceWindow([], "02:00", TimeSpan.FromHours(3), "Asia/Shanghai"),
            ForcedAt = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero),
        };

    private static OrderedUpdate Update(string version, string campaign = Campaign) =>
        new()
        {
            Campaign = campaign,
            Artifact = new Artifact(new string('b', 64), 1000, "till", version),
            Estimate = TimeSpan.FromMinutes(4),
        };

    private IReadOnlyList<IDeviceEvent> Order(string version, string campaign = Campaign) =>
        Order(Update(version, campaign));

    private IReadOnlyList<IDeviceEvent> Order(OrderedUpdate update) =>
        till.Do(
            new ApplyOrder(till.Next(OrderKind.Update) with { Update = update }, CannotUpdate: null)
        );

    private string? Refused(string version, params string[] people) =>
        Refused(Update(version) with { DowngradeBy = [.. people] });

    private string? Refused(OrderedUpdate update) =>
        Order(update).OfType<OrderRefused>().SingleOrDefault()?.Code;

    private void Install(string version)
    {
        Order(version);
        Step(UpdateHappening.Begun);
        Step(UpdateHappening.Succeeded);
        Step(UpdateHappening.Cleared);
        Step(UpdateHappening.Cleared, slot: $"{version}-b.1", previous: "1.0-a.1");
        Step(UpdateHappening.Succeeded);
        Step(UpdateHappening.Succeeded);
        Assert.Equal(UpdateStep.Checking, till.State.Update!.Step);
    }

    private IReadOnlyList<IDeviceEvent> Step(
        UpdateHappening happening,
        string? code = null,
        string? slot = null,
        string? previous = null,
        string campaign = Campaign
    )
    {
        var events = till.Do(
            new StepUpdate(campaign, happening, code, till.NewLockId(), slot, previous)
        );
        Assert.Null(till.Refusal);
        return events;
    }
}
