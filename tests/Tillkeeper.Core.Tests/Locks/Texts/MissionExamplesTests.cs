using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;

namespace Tillkeeper.Core.Tests.Locks.Texts;

/// <summary>The two examples by which the manner of speaking was agreed, word for word as they are said now.</summary>
public sealed class MissionExamplesTests
{
    private static Explanation Told(string language) =>
        LockExplainer.Explain(
            Samples.Pause(),
            Samples.Waiting(18) with
            {
                OperatorName = "03",
            },
            CultureInfo.GetCultureInfo(language)
        );

    private static string Written(Explanation told) =>
        $"""
            {told.Title}
            {told.Safe}
            + {told.StillWorks}
            1 {string.Join("\n2 ", told.Now[..2])}
            3 {told.Now[2]}
            > {told.Next}
            ! {told.Warning}
            """;

    [Fact]
    public void A_paused_operator_in_English() =>
        Assert.Equal(
            """
            Operator 03 is paused · E01
            5 wrong passcodes. Money and finished sales are safe.
            + Cards and QR under another operator.
            1 Let another operator sign in.
            2 Ask the manager to release it with their own passcode.
            3 Otherwise call support on 400-000-0000: say E01, and the case number if there is one. “Get help” on the terminal shows what to read out.
            > It reopens by itself at 14:35 (18 minutes).
            ! Never type a customer's card PIN here.
            """,
            Written(Told("en"))
        );

    [Fact]
    public void A_paused_operator_in_Chinese() =>
        Assert.Equal(
            """
            操作员03已暂停登录 · E01
            口令输错5次。钱款和已完成的交易不受影响。
            + 其他操作员登录后照常收款。
            1 换其他操作员登录。
            2 请店长用本人口令解除。
            3 仍不行，拨打客服400-000-0000，报E01和工单号（如有）。点终端上的“获取帮助”，把内容读给客服。
            > 不处理则14:35自动恢复（剩18分钟）。
            ! 切勿输入顾客的银行卡密码。
            """,
            Written(Told("zh-Hans"))
        );
}
