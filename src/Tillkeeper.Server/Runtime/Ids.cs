using System.Security.Cryptography;
using Tillkeeper.Core.Codes;

namespace Tillkeeper.Server.Runtime;

/// <summary>Random ids: ten characters of Crockford base 32, easy to read out over the phone.</summary>
internal static class Ids
{
    public static string New() => Crockford.Id(RandomNumberGenerator.GetBytes(7));
}
