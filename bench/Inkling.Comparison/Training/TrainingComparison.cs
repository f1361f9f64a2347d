using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// Training steps of ours and of libtorch. Both start from the same weights on the same data, and the losses of the first steps must agree.
/// </summary>
internal sealed class TrainingComparison(string name, ITrainingRecipe recipe, int threads, double bar) : IComparison
{
    private const int StepsThatAgree = 4;

    public string Name => name;

    public string Title => $"{recipe.Title}; {threads} thread{(threads == 1 ? "" : "s")}";

    public Result Run(Options options)
    {
        using PeerProcess peer = PeerProcess.Python(recipe.Script, threads);
        using var team = new Team(threads);
        using ITraining training = recipe.Start(team);
        using (var folder = new ExchangeFolder())
        {
            training.WriteTo(folder);
            peer.Ask("start " + folder.Path);
        }

        Agree(training, peer);
        Speed.WarmUp(training.Step, options.Quick ? 0.5 : 2);
        double seconds = options.Quick ? 0.7 : 3;
        Turns turns = Turns.Take(
            options.Turns(5, 9),
            () => Speed.Of(training.Step, seconds, Clocks.For(threads)) * recipe.UnitsPerStep,
            () => peer.AskNumber($"run {seconds}") * recipe.UnitsPerStep);
        return turns.ToResult(recipe.Unit, bar) with { Against = peer.Description };
    }

    private void Agree(ITraining training, PeerProcess peer)
    {
        double[] theirs = peer.AskNumbers($"losses {StepsThatAgree}");
        for (int i = 0; i < StepsThatAgree; i++)
        {
            training.Step();
            if (!(Math.Abs(training.Loss - theirs[i]) <= recipe.LossTolerance * Math.Abs(theirs[i])))
                throw new DisagreementException(string.Create(CultureInfo.InvariantCulture, $"the loss of step {i + 1} is {training.Loss}, the peer's is {theirs[i]}"));
        }
    }
}
