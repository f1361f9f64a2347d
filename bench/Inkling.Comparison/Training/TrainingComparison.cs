using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>
/// Training steps of ours and of libtorch. Both start from the same weights on the same data, and the losses of the first steps must agree
/// where the arithmetic is the same. That sampled and adaptive softmax learn as well is shown by bench/softmax.
/// </summary>
internal sealed class TrainingComparison(string name, ITrainingRecipe recipe, int threads, double bar) : IComparison
{
    private const int StepsThatAgree = 3;

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

        if (recipe.LossTolerance is { } tolerance)
            Agree(training, peer, tolerance);
        Speed.WarmUp(training.Step, options.Quick ? 0.4 : 2);
        double seconds = options.Quick ? 0.4 : 3;
        Turns turns = Turns.Take(
            options.Turns(recipe.UnitsPerStep > 1 ? 3 : 7, 9),
            () => Speed.Of(training.Step, seconds, Clocks.For(threads)) * recipe.UnitsPerStep,
            () => peer.AskNumber($"run {seconds}") * recipe.UnitsPerStep);
        return turns.ToResult(recipe.Unit, bar) with { Against = peer.Description };
    }

    private static void Agree(ITraining training, PeerProcess peer, double tolerance)
    {
        double[] theirs = peer.AskNumbers($"losses {StepsThatAgree}");
        for (int i = 0; i < StepsThatAgree; i++)
        {
            training.Step();
            if (!(Math.Abs(training.Loss - theirs[i]) <= tolerance * Math.Abs(theirs[i])))
                throw new DisagreementException(string.Create(CultureInfo.InvariantCulture, $"the loss of step {i + 1} is {training.Loss}, the peer's is {theirs[i]}"));
        }
    }
}
