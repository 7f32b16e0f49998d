using System.Text;
using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Bench.Load;

/// <summary>
/// A terminal whose operator is paused for wrong passcodes and whose pause ends, over and over: <c>lock.begun.v1</c> with odd numbers,
/// <c>lock.ended.v1</c> with even ones, chained as the terminal chains them.
/// </summary>
internal sealed class LockCycle
{
    private const string At = "2026-11-22T08:00:00.000Z";
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly record struct Template(string Type, JsonElement Data, byte[] Text);

    private readonly Template begun;
    private readonly Template ended;
    private long seq;
    private string hash = JournalChain.Genesis;

    /// <param name="id">Ten characters that tell this terminal's operator and lock from others'.</param>
    public LockCycle(string id)
    {
        var clock = new DeviceTime("0f4b8f0e-6f0c-4b52-9a55-1c1f7d0a3c11", 86_400_000, Since);
        var rule = LockTable.Of(Cause.WrongPassword);
        var raised = new Lock
        {
            Id = id,
            Cause = Cause.WrongPassword,
            Subject = Subject.OfOperator(id),
            Scope = rule.Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = Since,
            ExpectedEnd = Since.AddMinutes(30),
            WaysOut = rule.WaysOut,
            Evidence = new Evidence(id, 5),
        };
        begun = Of(new LockBegun(raised, clock, TimeSpan.FromMinutes(30)));
        ended = Of(new LockEnded(id, WayOut.Wait, clock));
    }

    /// <summary>The next event, hashed as the server hashes it when it arrives.</summary>
    public UplinkEvent Next()
    {
        var template = ++seq % 2 == 1 ? begun : ended;
        var prev = hash;
        hash = JournalChain.Hash(prev, seq, template.Type, At, template.Text);
        return new UplinkEvent(seq, prev, hash, template.Type, At, template.Data);
    }

    private static Template Of(IDeviceEvent happened)
    {
        var type = EventCatalogue.Device.NameOf(happened);
        var data = JsonSerializer.SerializeToElement(happened, EventCatalogue.Device.InfoOf(type));
        return new Template(type, data, Encoding.UTF8.GetBytes(data.GetRawText()));
    }
}
