using System.Globalization;
using System.Net;
using System.Text;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Environments;

/// <summary>Makes of what a terminal says, and of the address it comes from, what can be judged and kept.</summary>
internal sealed class Sightings(IKeys keys, AddressDatabase addresses)
{
    private const int MarkBytes = 8;

    public Sighting Of(string terminal, EnvironmentReport report, IPAddress? source)
    {
        var address = source is { IsIPv4MappedToIPv6: true } ? source.MapToIPv4() : source;
        _ = IPAddress.TryParse(report.Gateway?.Address, out var gateway);
        var bare = new Sighting(report.Link, address, gateway, []);
        var origin = address is null ? null : addresses.Find(address);
        List<Mark> marks = [];
        void Add(Trait trait, string? value)
        {
            if (value is not null)
            {
                marks.Add(new Mark(trait, Mark(terminal, trait, value)));
            }
        }
        Add(Trait.Gateway, report.Gateway?.Mac);
        Add(Trait.AccessPoint, report.Bssid);
        Add(Trait.WifiName, report.Ssid);
        Add(Trait.Sim, report.Iccid);
        Add(Trait.Cell, report.CellId);
        Add(Trait.Proxy, report.Proxy);
        if (address is not null && !bare.IsAddressWeak)
        {
            Add(Trait.Network, Sighting.BlockOf(address));
        }
        Add(Trait.Carrier, origin?.Asn?.ToString(CultureInfo.InvariantCulture));
        Add(Trait.Country, origin?.Country);
        return bare with { Marks = [.. marks], Origin = origin };
    }

    /// <summary>Router, card and cell of a shop can be those of a person's home: the log gets keyed hashes, another for each terminal.</summary>
    private string Mark(string terminal, Trait trait, string value) =>
        Convert.ToHexStringLower(
            keys.Commit(
                Encoding.UTF8.GetBytes($"{Words.Of(trait)}:{value}"),
                $"whereabouts/{terminal}"
            )[..MarkBytes]
        );
}
