using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Environments;

/// <summary>A question that nobody answered in time: it locks.</summary>
internal sealed class QuestionTimer(PolicyBook policies) : ITimerHandler
{
    public string Kind => WhereaboutsStreams.Timer;

    public void Fire(Work work, string key)
    {
        var (terminal, word) = (key.Split('/')[0], key.Split('/')[1]);
        if (!Words.TryParse<RuleName>(word, out var rule))
        {
            throw new InvalidOperationException($"No rule is called {word}.");
        }
        var question = work.Load(WhereaboutsStreams.Kind, terminal).QuestionOf(rule);
        work.Append(terminal, new QuestionUnanswered(rule));
        var state = work.Load(TerminalStreams.Kind, terminal);
        if (question is not null && state.IsEnrolled)
        {
            Findings.LockFor(
                work,
                terminal,
                rule,
                policies.Of(work.Views, state),
                question.Evidence
            );
        }
    }
}
