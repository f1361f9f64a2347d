using Inkling.App.Tuning;
using Inkling.Tuning;
using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>The pages of studies in a browser, with studies in the user's own file behind them.</summary>
internal sealed class StudiesPage : BrowserPage
{
    private StudiesPage(StudioHost studio, IPage page)
        : base(studio, page) => Storage = StudyPlace.Open(null, studio.Data);

    /// <summary>What another process would write to.</summary>
    public IStudyStorage Storage { get; }

    public static async Task<StudiesPage> OpenAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion("Thank you for your help."));
        return await OpenAsync(chromium, studio, options, page => new StudiesPage(studio, page), _ => Task.CompletedTask);
    }

    /// <summary>Makes a study of a made-up training with every kind of parameter and end, and leaves it at work.</summary>
    public Study Make(string name, int trials, ulong seed = 1)
    {
        var plan = new StudyPlan { Command = "train.sh --lr {lr} --layers {layers}", Space = SearchSpace.Parse("""{"lr": {"type": "float", "low": 1e-5, "high": 0.1, "log": true}}""", "test"), Sampler = "random", Pruner = "none", Trials = trials + 10 };
        StudyRecord record = Storage.CreateStudy(new StudySpecification(name, [Direction.Minimize], seed) { Attributes = plan.ToAttributes() });
        Study study = Study.Open(Storage, record.Name);
        study.Optimize(Objective, trials);
        return study;
    }

    /// <summary>One trial of the made-up training.</summary>
    public static double Objective(Trial trial)
    {
        double rate = trial.Float("lr", 1e-5, 0.1, Scale.Log), miss = Math.Log10(rate) + 2.5;
        int layers = trial.Integer("layers", 1, 4);
        double dropout = layers > 2 ? trial.Float("dropout", 0, 0.5) : 0;
        double end = 0.2 + (0.1 * miss * miss) + (0.02 * Math.Abs(layers - 3)) + (0.1 * dropout * dropout) + (trial.Categorical("optimizer", "sgd", "adam", "lion") == "sgd" ? 0.1 : 0);
        for (int epoch = 1; epoch <= 10; epoch++)
        {
            trial.Report(end + (0.8 * Math.Exp(-epoch / 3.0)), epoch);
            if (epoch == 4 && end > 0.6) trial.Prune();
        }

        return trial.Number % 13 == 12 ? throw new TrialFailedException("out of luck") : end;
    }

    public async Task LoadAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.Locator(".studies[data-ready=true]").WaitForAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        Storage.Dispose();
        await base.DisposeAsync();
    }
}
