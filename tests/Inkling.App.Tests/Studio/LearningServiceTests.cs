using Inkling.App.Running;
using Inkling.App.Studio.Learning;

namespace Inkling.App.Tests.Studio;

/// <summary>Learning without a page: order of the steps, one at a time, nothing lost, nothing left behind.</summary>
public sealed class LearningServiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inkling-learning-");
    private readonly DataFolder _data;
    private readonly ScriptedCompletion _completion = new();
    private readonly ScriptedLearning _steps = new();

    public LearningServiceTests() => _data = new DataFolder(Path.Combine(_folder.FullName, "data"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reading_divides_by_date_and_keeps_the_newest_tenth_apart()
    {
        using LearningService service = Make();
        service.Read(new MailChoice { Paths = [MadeUpMail.Write(_folder.FullName, 60)] });
        LearningState state = await UntilAsync(service, so => !so.IsBusy);
        Assert.Equal(LearningPhase.Read, state.Phase);
        Assert.Equal((54, 6), (state.Understanding!.ToLearn, state.Understanding.ToScore));
        Assert.Equal(2025, state.Understanding.Oldest!.Value.Year);
        string[] newest = File.ReadAllLines(Directory.EnumerateFiles(_data.Root, "newest.jsonl", SearchOption.AllDirectories).Single());
        Assert.Equal(6, newest.Length);
        Assert.Contains("2025-08-25", newest[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Private_mail_is_readable_by_its_owner_alone_and_goes_with_Forget()
    {
        using LearningService service = Make();
        service.Read(new MailChoice { Paths = [MadeUpMail.Write(_folder.FullName, 60)] });
        await UntilAsync(service, so => so.Phase == LearningPhase.Read);
        string folder = Assert.Single(Directory.EnumerateDirectories(Path.Combine(_data.Root, "learning")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        service.Forget();
        Assert.Empty(Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories));
        Assert.Equal(LearningPhase.Nothing, service.State.Phase);
    }

    [Fact]
    public async Task Scores_frame_the_training()
    {
        using LearningService service = Make();
        List<LearningPhase> phases = [];
        service.Changed += () =>
        {
            lock (phases)
            {
                if (phases.Count == 0 || phases[^1] != service.State.Phase)
                {
                    phases.Add(service.State.Phase);
                }
            }
        };
        LearningState state = await LearnAsync(service);
        Assert.Equal(
            [LearningPhase.Reading, LearningPhase.Read, LearningPhase.ScoringBefore, LearningPhase.Training, LearningPhase.ScoringAfter, LearningPhase.Finished],
            phases.SkipWhile(phase => phase != LearningPhase.Reading));
        Assert.True(state.After!.SavingsWhole > state.Before!.SavingsWhole);
        Assert.Equal(5, state.ValidationCurve.Count);
    }

    [Fact]
    public async Task A_kept_model_tells_its_story_on_the_shelf()
    {
        using LearningService service = Make();
        await LearnAsync(service);
        string folder = service.Keep(" Marias ");
        ShelfModel model = Assert.Single(Shelf().List(), model => model.Folder == folder);
        Assert.Equal("Marias", model.Name);
        Assert.Equal(54, model.Story!.Mails);
        Assert.NotNull(model.Story.After);
        Assert.Throws<InvalidOperationException>(() => service.Keep("again"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../outside")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a name that is longer than forty characters altogether")]
    public async Task A_bad_name_is_refused_and_the_model_stays(string name)
    {
        using LearningService service = Make();
        await LearnAsync(service);
        Assert.Contains("cannot be a model's name", Assert.Throws<InvalidOperationException>(() => service.Keep(name)).Message, StringComparison.Ordinal);
        Assert.Equal(LearningPhase.Finished, service.State.Phase);
        service.Keep("good");
    }

    [Fact]
    public async Task A_taken_name_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_data.Models, "mine"));
        using LearningService service = Make();
        await LearnAsync(service);
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => service.Keep("mine")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_nobody_decided_on_is_on_the_shelf_after_the_next_start()
    {
        using (LearningService service = Make())
        {
            await LearnAsync(service);
        }

        Assert.Empty(Directory.EnumerateFiles(_data.Root, "*.jsonl", SearchOption.AllDirectories));
        using LearningService next = Make();
        await next.StartAsync(CancellationToken.None);
        ShelfModel model = Assert.Single(Shelf().List(), model => !model.IsShipped);
        Assert.StartsWith("learned 2", model.Name, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_data.Root, "learning")));
    }

    [Fact]
    public async Task What_a_running_program_works_on_is_left_alone()
    {
        using LearningService first = Make();
        first.Read(new MailChoice { Paths = [MadeUpMail.Write(_folder.FullName, 60)] });
        await UntilAsync(first, so => so.Phase == LearningPhase.Read);
        using LearningService second = Make();
        await second.StartAsync(CancellationToken.None);
        Assert.Single(Directory.EnumerateFiles(_data.Root, "learn.jsonl", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_end_of_the_program_ends_a_paused_run()
    {
        using LearningService service = Make();
        service.Read(new MailChoice { Paths = [MadeUpMail.Write(_folder.FullName, 60)] });
        await UntilAsync(service, so => so.Phase == LearningPhase.Read);
        service.Learn(new LearningPlan { From = "default" });
        await UntilAsync(service, so => so.Phase == LearningPhase.Training);
        service.Pause();
        Assert.True(service.State.Paused);
        await service.StopAsync(CancellationToken.None);
        Assert.Equal(LearningPhase.Finished, service.State.Phase);
    }

    [Fact]
    public async Task Mail_of_nobody_is_explained()
    {
        using LearningService service = Make();
        string file = Path.Combine(_folder.FullName, "broken.jsonl");
        await File.WriteAllTextAsync(file, "no json\nno json either\n");
        service.Read(new MailChoice { Paths = [file] });
        LearningState state = await UntilAsync(service, so => so.Error is not null);
        Assert.Equal("None of the 2 mails is of use: 2 lines that are not JSON with a text.", state.Error);
        Assert.Equal(LearningPhase.Nothing, state.Phase);
    }

    private LearningService Make() => new(_steps, _data, Shelf());

    private ModelShelf Shelf() => new(_data, _completion, _completion.Info.Folder);

    private async Task<LearningState> LearnAsync(LearningService service)
    {
        service.Read(new MailChoice { Paths = [MadeUpMail.Write(_folder.FullName, 60)] });
        await UntilAsync(service, so => so.Phase == LearningPhase.Read);
        _steps.Allow(ScriptedLearning.Steps);
        service.Learn(new LearningPlan { From = "default", FromName = "Shipped" });
        return await UntilAsync(service, so => so.Phase == LearningPhase.Finished);
    }

    private static async Task<LearningState> UntilAsync(LearningService service, Func<LearningState, bool> reached)
    {
        for (int i = 0; i < 600; i++)
        {
            if (reached(service.State))
            {
                return service.State;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"still {service.State.Phase} after half a minute: {service.State.Error}");
        return service.State;
    }
}
