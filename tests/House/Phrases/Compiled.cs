using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Tillkeeper.House.Phrases;

/// <summary>What the compiler made of the pages: the only place where text, markup and expressions of a razor file are surely apart.</summary>
internal static class Compiled
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    public static Assembly Server { get; } = Assembly.Load("Tillkeeper.Server");

    /// <summary>Every text in the program's code.</summary>
    public static IReadOnlySet<string> Literals { get; } = ReadLiterals();

    /// <summary>The components: razor files, each with what it calls and the texts that stand right before the call.</summary>
    public static IEnumerable<(string Component, string Call, IReadOnlyList<string> Texts)> Calls()
    {
        foreach (
            var type in Server
                .GetTypes()
                .Where(t =>
                    t.Namespace?.StartsWith("Tillkeeper.Server.Console", StringComparison.Ordinal)
                        == true
                    && IsComponent(t)
                )
        )
        {
            foreach (var method in type.GetMethods(Own).Where(m => m.GetMethodBody() is not null))
            {
                foreach (var (call, texts) in CallsOf(method))
                {
                    yield return (type.FullName!, call, texts);
                }
            }
        }
    }

    private const BindingFlags Own =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>Lambdas in markup become types inside the component.</summary>
    private static bool IsComponent(Type type)
    {
        for (var t = type; t is not null; t = t.DeclaringType)
        {
            if (typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t))
            {
                return true;
            }
        }
        return false;
    }

    private static IEnumerable<(string Call, IReadOnlyList<string> Texts)> CallsOf(
        MethodInfo method
    )
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        var module = method.Module;
        var generic = method.DeclaringType!.IsGenericType
            ? method.DeclaringType.GetGenericArguments()
            : null;
        List<string> texts = [];
        for (var i = 0; i < code.Length; )
        {
            var op =
                code[i] == 0xFE ? Codes[unchecked((short)(0xFE00 | code[i + 1]))] : Codes[code[i]];
            i += op.Size;
            if (op == OpCodes.Ldstr)
            {
                texts.Add(module.ResolveString(BitConverter.ToInt32(code, i)));
            }
            else if (op == OpCodes.Call || op == OpCodes.Callvirt)
            {
                var called = module.ResolveMethod(
                    BitConverter.ToInt32(code, i),
                    generic,
                    method.IsGenericMethod ? method.GetGenericArguments() : null
                )!;
                // It hands its argument on as it is.
                if (called.Name != "TypeCheck")
                {
                    yield return (called.Name, [.. texts]);
                    texts.Clear();
                }
            }
            else
            {
                texts.Clear();
            }
            i += SizeOf(op, code, i);
        }
    }

    private static int SizeOf(OpCode op, byte[] code, int at) =>
        op.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget
            or OperandType.ShortInlineI
            or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
            _ => 4,
        };

    private static HashSet<string> ReadLiterals()
    {
        using var file = File.OpenRead(Server.Location);
        using PEReader program = new(file);
        var metadata = program.GetMetadataReader();
        HashSet<string> found = new(StringComparer.Ordinal);
        for (
            var handle = MetadataTokens.UserStringHandle(1);
            !handle.IsNil;
            handle = metadata.GetNextHandle(handle)
        )
        {
            found.Add(metadata.GetUserString(handle));
        }
        return found;
    }
}
