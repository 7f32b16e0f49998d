using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tillkeeper.Core.Rules.Environments;

namespace Tillkeeper.Server.Environments;

/// <summary>
/// Whose an address is, from a file that the provider keeps (<c>--address-database</c>): lines <c>start,end,country,asn,name</c>, e.g.
/// <c>203.0.113.0,203.0.113.255,CN,64500,Example Net</c>; ranges do not overlap; <c>#</c> begins a remark. Nothing goes over the network.
/// </summary>
internal sealed class AddressDatabase
{
    private readonly (UInt128 Start, UInt128 End, AddressOrigin Origin)[] ranges;

    private AddressDatabase((UInt128, UInt128, AddressOrigin)[] ranges) => this.ranges = ranges;

    public static AddressDatabase Empty { get; } = new([]);

    /// <exception cref="FormatException">A line is wrong; says which and how.</exception>
    public static AddressDatabase Load(string? file) =>
        file is null ? Empty : Read(File.ReadLines(file), file);

    internal static AddressDatabase Read(IEnumerable<string> lines, string file)
    {
        List<(UInt128 Start, UInt128 End, AddressOrigin Origin)> read = [];
        Dictionary<AddressOrigin, AddressOrigin> known = [];
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var (start, end, origin) =
                Parse(line)
                ?? throw new FormatException(
                    $"{file}:{number}: expected start,end,country,asn,name such as 203.0.113.0,203.0.113.255,CN,64500,Example Net."
                );
            // The same few operators a million times.
            known.TryAdd(origin, origin);
            read.Add((start, end, known[origin]));
        }
        read.Sort((a, b) => a.Start.CompareTo(b.Start));
        for (var i = 1; i < read.Count; i++)
        {
            if (read[i].Start <= read[i - 1].End)
            {
                throw new FormatException(
                    $"{file}: two ranges overlap, the second for {read[i].Origin.Name ?? read[i].Origin.Country}."
                );
            }
        }
        return new AddressDatabase([.. read]);
    }

    /// <summary>Null when no range holds it.</summary>
    public AddressOrigin? Find(IPAddress address)
    {
        var wanted = NumberOf(address);
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var range = ranges[middle];
            if (wanted < range.Start)
            {
                high = middle - 1;
            }
            else if (wanted > range.End)
            {
                low = middle + 1;
            }
            else
            {
                return range.Origin;
            }
        }
        return null;
    }

    private static (UInt128 Start, UInt128 End, AddressOrigin Origin)? Parse(string line)
    {
        var fields = line.Split(',', 5, StringSplitOptions.TrimEntries);
        if (
            fields.Length < 3
            || !IPAddress.TryParse(fields[0], out var start)
            || !IPAddress.TryParse(fields[1], out var end)
            || start.AddressFamily != end.AddressFamily
            || NumberOf(start) > NumberOf(end)
            || fields[2] is not { Length: 2 } country
        )
        {
            return null;
        }
        long? asn = null;
        if (fields.Length > 3 && fields[3].Length > 0)
        {
            if (
                !long.TryParse(
                    fields[3],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var parsed
                )
            )
            {
                return null;
            }
            asn = parsed;
        }
        var name = fields.Length > 4 && fields[4].Length > 0 ? fields[4] : null;
        return (
            NumberOf(start),
            NumberOf(end),
            new AddressOrigin(country.ToUpperInvariant(), asn, name)
        );
    }

    /// <summary>IPv4 in its place within IPv6, so that one table holds both.</summary>
    private static UInt128 NumberOf(IPAddress address) =>
        BinaryPrimitives.ReadUInt128BigEndian(
            (
                address.AddressFamily == AddressFamily.InterNetwork ? address.MapToIPv6() : address
            ).GetAddressBytes()
        );
}
