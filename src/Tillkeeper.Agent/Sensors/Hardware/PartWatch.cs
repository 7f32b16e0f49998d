using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Sensors.Tamper;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Texts;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>
/// Tests the parts that the model's profile declares, over and over (C4): Core judges, the policy says what comes of a fault, and a lock
/// blocks what depends on the part and nothing else.
/// </summary>
internal sealed class PartWatch(Till till, DeviceClock clock, Probes probes, TamperDesk tamper)
    : IDisposable
{
    private const RuleName Rule = RuleName.Hardware;
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTests = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<string, KnownPart> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async Task RunAsync(CancellationToken stop)
    {
        var last = TimeSpan.MinValue;
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            var every = till.State.Policy.Hardware.Every;
            if (last == TimeSpan.MinValue || since.Elapsed - last >= every)
            {
                last = since.Elapsed;
                await RoundAsync(stop);
            }
            await Task.Delay(every < LongestLook ? every : LongestLook, stop);
        }
    }

    /// <summary>One run of each probe.</summary>
    public async Task RoundAsync(CancellationToken stop)
    {
        if (till.IsLost)
        {
            return;
        }
        await ForgetAsync();
        foreach (var part in Declared)
        {
            await ReadAsync(part, isTest: false, stop);
        }
    }

    /// <summary>The part of that name; null when none is declared.</summary>
    public PartProfile? Find(string part) => Declared.FirstOrDefault(p => p.Name == part);

    /// <summary>What the part's own program posted.</summary>
    public async Task TakeAsync(PartProfile part, PartReading reading)
    {
        await oneAtATime.WaitAsync();
        try
        {
            await JudgeAsync(part, reading, isTest: false);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>Tests everything now, as often as it takes to believe that a part is well again.</summary>
    public async Task<IReadOnlyList<PartView>> TestAsync(
        CultureInfo language,
        CancellationToken stop
    )
    {
        for (var run = 0; run < Policy.Recoveries; run++)
        {
            foreach (var part in Declared)
            {
                await ReadAsync(part, isTest: true, stop);
            }
            if (run == 0 && till.State.Findings.Values.All(f => f.Rule != Rule))
            {
                break;
            }
            await Task.Delay(BetweenTests, stop);
        }
        var shown = Show(language);
        // On the record, so that the server knows it from the terminal itself: what is repaired proves it by this.
        await till.AskAsync(
            new RecordSelfTest([.. shown.Select(p => new TestedPart(p.Name, p.Status, p.Faulty))])
        );
        return shown;
    }

    public IReadOnlyList<PartView> Show(CultureInfo language) =>
        [.. Declared.Select(p => Show(p, language))];

    public void Dispose() => oneAtATime.Dispose();

    private HardwareRule Policy => till.State.Policy.Hardware;

    private IReadOnlyList<PartProfile> Declared =>
        Policy.Mode == RuleMode.Off ? [] : till.State.Policy.Parts;

    /// <summary>One run of a part's probe. Read and judged in one go, so that an earlier reading never overtakes a later one.</summary>
    private async Task ReadAsync(PartProfile part, bool isTest, CancellationToken stop)
    {
        await oneAtATime.WaitAsync(stop);
        try
        {
            if (await probes.ReadAsync(part, stop) is { } reading)
            {
                await JudgeAsync(part, reading, isTest);
            }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <param name="isTest">True when somebody asked for it: then it can show that a part is well, never that it is not.</param>
    private async Task JudgeAsync(PartProfile part, PartReading reading, bool isTest)
    {
        if (reading.Status == PartStatus.Tampered)
        {
            await tamper.RaiseAsync(part.Name, reading.Detail);
        }
        var standing = Standing(part.Name);
        var runs = known.GetValueOrDefault(part.Name)?.Runs ?? PartRuns.None;
        var condition = standing;
        if (!isTest || standing != PartCondition.Well)
        {
            (runs, condition) = PartJudge.Take(runs, reading.Status, standing, Policy);
        }
        known[part.Name] = new KnownPart(reading, runs, clock.Ms);
        await SayAsync(part, reading, standing, condition);
    }

    private async Task SayAsync(
        PartProfile part,
        PartReading reading,
        PartCondition standing,
        PartCondition condition
    )
    {
        if (standing != PartCondition.Well && condition < standing)
        {
            await till.AskAsync(new Clear(Rule, part.Name));
        }
        var says = reading.Status switch
        {
            PartStatus.Failed or PartStatus.Absent => condition == PartCondition.Faulty,
            PartStatus.Degraded => condition == PartCondition.Worn,
            _ => false,
        };
        if (condition != PartCondition.Well && (says || condition != standing))
        {
            await till.AskAsync(
                new Find(
                    Rule,
                    Evidence(reading, condition),
                    NewId.Lock(),
                    part.Name,
                    // What is only worn works, so it blocks nothing.
                    condition == PartCondition.Worn
                        ? []
                        : Blocks(part)
                )
            );
        }
    }

    /// <summary>Parts that are no longer declared are no longer judged.</summary>
    private async Task ForgetAsync()
    {
        var declared = Declared.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in till.State.Findings.Values.Where(f => f.Rule == Rule).ToList())
        {
            if (finding.Part is { } part && !declared.Contains(part))
            {
                await till.AskAsync(new Clear(Rule, part));
            }
        }
        foreach (var gone in known.Keys.Where(k => !declared.Contains(k)))
        {
            known.TryRemove(gone, out _);
        }
    }

    /// <summary>What the journal holds, so that a restart forgets no fault.</summary>
    private PartCondition Standing(string part) =>
        till.State.Findings.GetValueOrDefault(Finding.KeyOf(Rule, part)) switch
        {
            null => PartCondition.Well,
            { Evidence.Facts: { } facts } when facts.GetValueOrDefault("condition") == "worn" =>
                PartCondition.Worn,
            _ => PartCondition.Faulty,
        };

    private static Evidence Evidence(PartReading reading, PartCondition condition)
    {
        var facts = ImmutableSortedDictionary
            .Create<string, string>(StringComparer.Ordinal)
            .Add("condition", condition == PartCondition.Worn ? "worn" : "faulty")
            .Add("status", Words.Of(reading.Status));
        return new Evidence(
            Facts: reading.Detail is { } detail ? facts.Add("detail", detail) : facts
        );
    }

    private static EnumSet<Capability> Blocks(PartProfile part) =>
        part.Probe == ProbeNames.Printer ? [] : EnumSet.Of<Capability>([.. part.Blocks ?? []]);

    private PartView Show(PartProfile part, CultureInfo language)
    {
        var last = known.GetValueOrDefault(part.Name);
        var stale =
            last is not null
            && part.Probe == ProbeNames.Reported
            && clock.Ms - last.At > PartEndpoints.StaleAfter.TotalMilliseconds;
        var reading = last switch
        {
            null => Readings.Unknown("not read yet"),
            _ when stale => Readings.Unknown("nothing was heard of it for a while"),
            _ => last.Reading,
        };
        return new PartView(
            part.Name,
            RuleExplainer.PartName(part.Name, language),
            reading.Status,
            Standing(part.Name) == PartCondition.Faulty,
            [.. Blocks(part)],
            reading.Detail,
            reading.Measures,
            last is null ? null : (clock.Ms - last.At) / 1000
        );
    }
}
