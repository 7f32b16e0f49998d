using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Genuine challenges, as the shop's own terminal shows them.</summary>
internal static class Challenges
{
    public static string Of(Shop shop) =>
        new Challenge(
            Cause.WrongPassword,
            shop.Terminal.Id,
            shop.PasswordLock,
            TestTerminal.NewId()[..Challenge.NonceLength]
        ).Text(shop.Terminal.CodeKey);
}
