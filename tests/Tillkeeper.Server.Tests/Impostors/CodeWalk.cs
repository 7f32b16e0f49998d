using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// What a method can come to make: follows the program's own compiled code from a handler through everything it calls, hands on as a delegate
/// or resumes as a state machine. It errs on the side of too much: a call that a condition prevents counts as well.
/// </summary>
internal static class CodeWalk
{
    private const BindingFlags Any =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    private static readonly ConcurrentDictionary<MethodBase, MethodBase[]> Known = new();

    /// <summary>The types that some constructor call within reach makes.</summary>
    public static IReadOnlySet<Type> Made(MethodBase from)
    {
        HashSet<MethodBase> seen = [from];
        HashSet<Type> made = [];
        Stack<MethodBase> open = new([from]);
        while (open.TryPop(out var method))
        {
            foreach (var next in Known.GetOrAdd(method, m => [.. References(m)]))
            {
                if (next is ConstructorInfo { IsStatic: false })
                {
                    made.Add(next.DeclaringType!);
                }
                if (IsOurs(next) && seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }
        return made;
    }

    /// <summary>Only the server decides what is ordered; Core carries it out, whoever asked.</summary>
    private static bool IsOurs(MethodBase method) =>
        method.DeclaringType?.Assembly == typeof(Startup).Assembly;

    private static IEnumerable<MethodBase> References(MethodBase method)
    {
        if (method.GetCustomAttribute<StateMachineAttribute>() is { } machine)
        {
            yield return machine.StateMachineType.GetMethod("MoveNext", Any)!;
        }
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            // Abstract or an interface's: whatever of ours implements it.
            foreach (var own in Implementations(method))
            {
                yield return own;
            }
            yield break;
        }
        foreach (var token in Tokens(il))
        {
            switch (Resolve(method, token))
            {
                case MethodBase called:
                    yield return Definition(called);
                    break;
                case FieldInfo { IsStatic: true, DeclaringType.TypeInitializer: { } initializer }:
                    // A table of delegates is filled there.
                    yield return initializer;
                    break;
            }
        }
    }

    private static IEnumerable<MethodBase> Implementations(MethodBase method) =>
        method.DeclaringType is { } declared && IsOurs(method)
            ? declared
                .Assembly.GetTypes()
                .Where(t =>
                    !t.IsAbstract && !t.ContainsGenericParameters && declared.IsAssignableFrom(t)
                )
                .SelectMany(t => t.GetMethods(Any))
                .Where(m => m.Name == method.Name)
            : [];

    /// <summary>Generic methods and types as they are declared, so that each is looked at once.</summary>
    private static MethodBase Definition(MethodBase method) =>
        method is MethodInfo { IsGenericMethod: true } generic
            ? generic.GetGenericMethodDefinition()
            : method;

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMember(
                token,
                method.DeclaringType?.GetGenericArguments(),
                method.IsGenericMethod ? method.GetGenericArguments() : null
            );
        }
        catch (ArgumentException)
        {
            // A type's token, which calls nothing.
            return null;
        }
    }

    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length; )
        {
            var code = il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at];
            var op = OpCodesByValue[code];
            at += op.Size;
            if (
                op.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineTok
            )
            {
                yield return BitConverter.ToInt32(il, at);
            }
            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget
                or OperandType.ShortInlineI
                or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
