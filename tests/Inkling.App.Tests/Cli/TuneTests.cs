using System.Text.Json;

namespace Inkling.App.Tests.Cli;

/// <summary>The command as scripts use it, in processes of its own.</summary>
public sealed class TuneTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-tune-").FullName;

    public TuneTests() => File.WriteAllText(Path.Combine(_home, "space.json"),
        """{"x": {"type": "float", "low": -5, "high": 10}, "n": {"type": "int", "low": 1, "high": 9, "step": 2}, "opt": {"type": "categorical", "choices": ["sgd", "it's adam"]}}""");

    private string[] Tune(string command, params string[] more) => ["tune", "--space", "space.json", "--command", command, "--sampler", "random", .. more];

    [Fact]
    public async Task A_command_is_tuned_and_the_answer_is_one_document()
    {
        Outcome outcome = await InklingProcess.RunAsync(_home, Tune("echo '{opt}' {n} value: {x}", "--trials", "5", "--seed", "7", "--direction", "maximize", "--json"));

        Assert.Equal(0, outcome.ExitCode);
        using JsonDocument answer = JsonDocument.Parse(outcome.Output);
        JsonElement[] trials = [.. answer.RootElement.GetProperty("trials").EnumerateArray()];
        Assert.Equal([0, 1, 2, 3, 4], trials.Select(trial => trial.GetProperty("number").GetInt32()));
        Assert.All(trials, trial =>
        {
            JsonElement parameters = trial.GetProperty("parameters");
            Assert.Equal("complete", trial.GetProperty("state").GetString());
            Assert.Equal(parameters.GetProperty("x").GetDouble(), trial.GetProperty("value").GetDouble());
            Assert.Contains(parameters.GetProperty("opt").GetString(), (string[])["sgd", "it's adam"]);
            Assert.Equal(1, parameters.GetProperty("n").GetInt32() % 2);
        });
        JsonElement best = answer.RootElement.GetProperty("best");
        Assert.Equal(trials.Max(trial => trial.GetProperty("value").GetDouble()), best.GetProperty("value").GetDouble());
        Assert.Equal(best.GetProperty("parameters").GetProperty("x").GetDouble(), best.GetProperty("value").GetDouble());

        Outcome again = await InklingProcess.RunAsync(_home, Tune("echo '{opt}' {n} value: {x}", "--trials", "5", "--seed", "7", "--storage", "memory", "--direction", "maximize", "--json"));
        using JsonDocument second = JsonDocument.Parse(again.Output);
        Assert.Equal(best.GetProperty("value").GetDouble(), second.RootElement.GetProperty("best").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_command_that_fails_is_a_failed_trial_with_its_words_and_the_others_go_on()
    {
        Outcome outcome = await InklingProcess.RunAsync(_home, Tune("sh -c 'if [ {n} -gt 4 ]; then echo too large >&2; exit 3; fi; echo 1 2' {x} {opt}", "--trials", "12", "--json"));

        using JsonDocument answer = JsonDocument.Parse(outcome.Output);
        JsonElement[] trials = [.. answer.RootElement.GetProperty("trials").EnumerateArray()];
        Assert.Contains(trials, trial => trial.GetProperty("state").GetString() == "failed");
        Assert.All(trials, trial =>
        {
            bool large = trial.GetProperty("parameters").GetProperty("n").GetInt32() > 4;
            Assert.Equal(large ? "failed" : "complete", trial.GetProperty("state").GetString());
            if (large) Assert.Equal("The command ended with 3: too large", trial.GetProperty("error").GetString());
            else Assert.Equal(2, trial.GetProperty("value").GetDouble());
        });
    }

    [Fact]
    public async Task Interrupted_it_gives_back_its_trials_and_goes_on_with_the_same_values()
    {
        const string Command = "sh -c 'echo {x}; if [ ! -f go ]; then sleep 60; fi' {n}{opt}";
        await File.WriteAllTextAsync(Path.Combine(_home, "go"), "");
        await InklingProcess.RunAsync(_home, Tune(Command, "--trials", "3", "--study", "s"));
        File.Delete(Path.Combine(_home, "go"));
        using (InklingProcess process = InklingProcess.Start(_home, "tune", "--study", "s", "--resume", "--trials", "6", "--workers", "2", "--json"))
        {
            await process.WaitForAsync("going on after 3");
            await Task.Delay(1500);
            process.Interrupt();
            Outcome outcome = await process.EndAsync();
            Assert.Equal(130, outcome.ExitCode);
            Assert.Contains("--resume", outcome.Errors, StringComparison.Ordinal);
            using JsonDocument answer = JsonDocument.Parse(outcome.Output);
            Assert.DoesNotContain(answer.RootElement.GetProperty("trials").EnumerateArray(), trial => trial.GetProperty("state").GetString() is "running" or "failed");
        }

        await File.WriteAllTextAsync(Path.Combine(_home, "go"), "");
        Outcome rest = await InklingProcess.RunAsync(_home, ["tune", "--study", "s", "--resume", "--json"]);
        using JsonDocument all = JsonDocument.Parse(rest.Output);
        JsonElement[] trials = [.. all.RootElement.GetProperty("trials").EnumerateArray()];
        Assert.Equal((0, 6), (rest.ExitCode, trials.Length));
        Assert.All(trials, trial => Assert.Equal(trial.GetProperty("parameters").GetProperty("x").GetDouble(), trial.GetProperty("value").GetDouble()));
    }

    [Fact]
    public async Task A_study_that_is_there_needs_resume_and_resume_needs_a_study_and_the_same_subject()
    {
        Assert.Equal(0, (await InklingProcess.RunAsync(_home, Tune("echo {x} {n} {opt}", "--trials", "1", "--study", "s"))).ExitCode);
        Outcome twice = await InklingProcess.RunAsync(_home, Tune("echo {x} {n} {opt}", "--trials", "1", "--study", "s"));
        Outcome none = await InklingProcess.RunAsync(_home, ["tune", "--study", "t", "--resume"]);
        Outcome other = await InklingProcess.RunAsync(_home, Tune("echo {n} {x} {opt}", "--resume", "--study", "s"));

        Assert.Equal((1, 1, 1), (twice.ExitCode, none.ExitCode, other.ExitCode));
        Assert.Contains("--resume", twice.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("\"s\"", none.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("echo {x} {n} {opt}", other.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_helps_with_what_it_knows_from_the_study_alone()
    {
        string storage = $"sqlite:{Path.Combine(_home, "shared.db")}";
        using InklingProcess first = InklingProcess.Start(_home, Tune("sh -c 'sleep 0.2; echo {x}' {n}{opt}", "--trials", "20", "--study", "s", "--storage", storage));
        await first.WaitForAsync("of 20");
        Outcome worker = await InklingProcess.RunAsync(_home, ["tune", "worker", "--study", "s", "--storage", storage, "--json"]);
        Outcome outcome = await first.EndAsync();

        Assert.Equal((0, 0), (outcome.ExitCode, worker.ExitCode));
        using JsonDocument answer = JsonDocument.Parse(worker.Output);
        Assert.Equal(20, answer.RootElement.GetProperty("trials").EnumerateArray().Count(trial => trial.GetProperty("state").GetString() == "complete"));
    }

    [Fact]
    public async Task A_network_of_the_playground_is_tuned()
    {
        Outcome outcome = await InklingProcess.RunAsync(_home, ["tune", "--task", "playground-size", "--trials", "4", "--workers", "2", "--storage", "memory", "--json"]);

        using JsonDocument answer = JsonDocument.Parse(outcome.Output);
        Assert.Equal("minimize, minimize", answer.RootElement.GetProperty("direction").GetString());
        Assert.NotEmpty(answer.RootElement.GetProperty("front").EnumerateArray());
    }

    [Fact]
    public async Task With_a_pruner_values_are_chosen_by_what_learns_from_stopped_trials()
    {
        string[] task = ["tune", "--task", "playground-spiral", "--trials", "1", "--storage", "memory", "--timeout", "1e-6", "--pruner", "asha"];
        Outcome silent = await InklingProcess.RunAsync(_home, task), warned = await InklingProcess.RunAsync(_home, [.. task, "--sampler", "gp"]);

        Assert.Contains("playground-spiral (tpe)", silent.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", silent.Errors, StringComparison.Ordinal);
        Assert.Contains("playground-spiral (gp)", warned.Errors, StringComparison.Ordinal);
        Assert.Contains("inkling: warning: --sampler gp", warned.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
