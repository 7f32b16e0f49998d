using FsCheck;
using FsCheck.Fluent;

namespace Tillkeeper.Core.Tests.Identifiers;

/// <summary>Properties over generated texts, the same ones at every run.</summary>
internal static class Arbitrary
{
    /// <summary>Any UTF-16 units at all: lone surrogates, noncharacters, controls, and many that fold in odd ways.</summary>
    public static Gen<string> AnyText { get; } =
        Gen.OneOf(
                Gen.Choose(0, 0xFFFF).Select(c => (char)c),
                Gen.Choose(0xD800, 0xDFFF).Select(c => (char)c),
                Gen.Choose(' ', '~').Select(c => (char)c),
                Gen.Choose(0x0300, 0x036F).Select(c => (char)c),
                Gen.Elements(
                    "ßẞıİiIKkſsςσΣ\u0345ͺΐŉǰǅﬃ０３\u00AD\u200B\u200D\uFE0F\uFFFE\u3164 ".ToCharArray()
                )
            )
            .ListOf()
            .Select(string.Concat);

    public static void Check<T>(Gen<T> values, Func<T, bool> property) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7, 31, 0),
            Prop.ForAll(Arb.From(values), property)
        );
}
