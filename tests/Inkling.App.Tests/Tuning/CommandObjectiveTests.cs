using Inkling.App.Running;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class CommandObjectiveTests : IDisposable
{
    private static readonly SearchSpace s_space = SearchSpace.Parse("""{"x": {"type": "int", "low": 1, "high": 2}}""", "");
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-command-").FullName;

    [Fact]
    public void A_program_that_may_not_be_executed_is_told_before_the_first_trial()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there are no execute bits");
        string program = Program("run.sh", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        FailureException idle = Assert.Throws<FailureException>(() => CommandObjective.Create(s_space, $"{program} {{x}}", null));
        Assert.Contains("may not be executed; `chmod +x", idle.Message, StringComparison.Ordinal);

        FailureException none = Assert.Throws<FailureException>(() => CommandObjective.Create(s_space, $"{program}.py {{x}}", null));
        Assert.Contains("there is no program", none.Message, StringComparison.Ordinal);
        Program("run.sh", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.NotNull(CommandObjective.Create(s_space, $"{program} {{x}}", null));
    }

    [Fact]
    public async Task A_program_that_depends_on_values_is_looked_for_in_its_trial()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there are no shell scripts");
        Program("run-1.sh", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        CommandObjective objective = CommandObjective.Create(s_space, $"{_folder}/run-{{x}}.sh", null);
        using Study study = Study.InMemory(Direction.Minimize, seed: 1, new StudyOptions { Sampler = new GridSampler(s_space.Parameters.ToDictionary(one => one.Name, one => one.Values)) });
        await study.OptimizeAsync(objective.RunAsync, 2, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal([TrialState.Complete, TrialState.Failed], study.Trials.OrderBy(trial => trial.Parameters["x"].Value).Select(trial => trial.State));
        Assert.Contains("run-2.sh", study.Trials.Single(trial => trial.Error is not null).Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Program(string name, UnixFileMode mode)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, "#!/bin/sh\necho 7\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, mode);
        return file;
    }
}
