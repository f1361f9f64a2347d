using System.Globalization;
using Inkling.App.Running;
using Inkling.Nn.Checkpoints;
using Inkling.Training;

namespace Inkling.App.Studio.Learning;

/// <inheritdoc cref="ILearningService"/>
internal sealed class LearningService : ILearningService, IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILearningSteps _steps;
    private readonly DataFolder _data;
    private readonly LearningFolder _folder;
    private readonly IModelShelf _shelf;
    private readonly PauseGate _gate = new();
    private volatile LearningState _state = new();
    private DividedMail? _mail;
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;

    public LearningService(ILearningSteps steps, DataFolder data, IModelShelf shelf)
    {
        _steps = steps;
        _data = data;
        _folder = new LearningFolder(data);
        _shelf = shelf;
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public LearningState State => _state;

    /// <inheritdoc/>
    public string UploadFolder
    {
        get
        {
            LearningFolder.Make(_folder.Uploads);
            return _folder.Uploads;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Uploads => _folder.Given();

    /// <inheritdoc/>
    public void Read(MailChoice choice)
    {
        if (choice.Paths.Count == 0)
        {
            throw new InvalidOperationException("No mail was chosen: give a file or a folder.");
        }

        Begin(new LearningState { Phase = LearningPhase.Reading, Choice = choice }, async stop =>
        {
            try
            {
                LearningFolder.Remove(_folder.Model);
                LearningFolder.Renew(_folder.Mail);
                DividedMail mail = await _steps.PrepareAsync(choice, _folder.Mail, so => Set(state => state with { Understanding = so }), stop).ConfigureAwait(false);
                _mail = mail;
                Set(state => state with { Phase = LearningPhase.Read, Understanding = mail.Understanding });
            }
            catch (Exception problem)
            {
                LearningFolder.Remove(_folder.Mail);
                Set(state => new LearningState { Choice = state.Choice, Error = problem is OperationCanceledException ? null : Explain("Reading the mail", problem) });
            }
        });
    }

    /// <inheritdoc/>
    public void Learn(LearningPlan plan)
    {
        if (_mail is not { } mail || _state.Understanding is not { IsEnough: true })
        {
            throw new InvalidOperationException($"There is not enough mail to learn from: {DividedMail.FewestMails} mails of your own are the least.");
        }

        LearningState start = _state with
        {
            Phase = LearningPhase.ScoringBefore,
            Plan = plan,
            Before = null,
            After = null,
            Report = null,
            Scored = 0,
            Error = null,
            Paused = false,
            Stopping = false,
            TrainingCurve = [],
            ValidationCurve = [],
        };
        Begin(start, async stop =>
        {
            try
            {
                await LearnAsync(plan, mail, stop).ConfigureAwait(false);
            }
            catch (Exception problem)
            {
                LearningFolder.Remove(_folder.Model);
                Set(state => state with { Phase = LearningPhase.Read, Error = problem is OperationCanceledException ? null : Explain("Learning", problem) });
            }
        });
    }

    private async Task LearnAsync(LearningPlan plan, DividedMail mail, CancellationToken stop)
    {
        LearningScores before = await _steps.ScoreAsync(plan.From, mail.ScoreFile, Scored, stop).ConfigureAwait(false);
        Set(state => state with { Phase = LearningPhase.Training, Before = before, Scored = 0 });
        LearningFolder.Renew(_folder.Model);
        await _steps.TeachAsync(plan, mail.LearnFile, _folder.Model, Recorder(), _gate, stop).ConfigureAwait(false);

        WriteStory(after: null);
        Set(state => state with { Phase = LearningPhase.ScoringAfter, Scored = 0, Paused = false, Stopping = false });
        // Asked to stop while it learned: what it learned is scored all the same. Only a second wish, or the end of the program, skips that.
        CancellationToken second = Rearm();
        LearningScores? after = null;
        try
        {
            after = await _steps.ScoreAsync(_folder.Model, mail.ScoreFile, Scored, second).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The model is there without a score.
        }

        WriteStory(after);
        Set(state => state with { Phase = LearningPhase.Finished, After = after });
    }

    // Written before anybody has decided: a model that the end of the program overtakes is not lost (see StartAsync).
    private void WriteStory(LearningScores? after)
    {
        LearningState state = _state;
        new ModelStory
        {
            Made = DateTimeOffset.Now,
            From = state.Plan!.FromName,
            Mails = state.Understanding!.ToLearn,
            Words = state.Understanding.Words,
            Before = state.Before,
            After = after,
        }.Save(_folder.Model);
    }

    private Action<TeachingReport> Recorder()
    {
        var training = new Curve();
        var validation = new Curve();
        double? lastValidation = null;
        return report =>
        {
            training.Add(report.Step, report.Loss);
            if (report.ValidationLoss is { } loss && loss != lastValidation)
            {
                lastValidation = loss;
                validation.Add(report.Step, loss);
            }

            Set(state => state with { Report = report, TrainingCurve = training.ToList(), ValidationCurve = validation.ToList() });
        };
    }

    private void Scored(double share) => Set(state => state with { Scored = share });

    /// <inheritdoc/>
    public void Pause()
    {
        if (_state.Phase == LearningPhase.Training)
        {
            _gate.Pause();
            Set(state => state with { Paused = true });
        }
    }

    /// <inheritdoc/>
    public void Resume()
    {
        _gate.Resume();
        Set(state => state with { Paused = false });
    }

    /// <inheritdoc/>
    public void Stop()
    {
        lock (_lock)
        {
            if (!_state.IsBusy)
            {
                return;
            }

            _stop?.Cancel();
        }

        Set(state => state with { Stopping = true, Paused = false });
        _gate.Resume();
    }

    /// <inheritdoc/>
    public string Keep(string name)
    {
        if (_state.Phase != LearningPhase.Finished)
        {
            throw new InvalidOperationException("There is no new model to keep.");
        }

        string folder = _shelf.Add(_folder.Model, name);
        Forget();
        return folder;
    }

    /// <inheritdoc/>
    public void Forget()
    {
        lock (_lock)
        {
            RefuseWhenBusy();
            _mail = null;
            LearningFolder.Remove(_folder.Uploads);
            LearningFolder.Remove(_folder.Mail);
            LearningFolder.Remove(_folder.Model);
        }

        Set(_ => new LearningState());
    }

    private void Begin(LearningState first, Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            RefuseWhenBusy();
            _gate.Resume();
            CancellationToken stop = Rearm();
            Set(_ => first);
            _work = Task.Run(() => work(stop), CancellationToken.None);
        }
    }

    private void RefuseWhenBusy()
    {
        if (_state.IsBusy)
        {
            throw new InvalidOperationException("Something is under way already; wait for it, or stop it first.");
        }
    }

    private CancellationToken Rearm()
    {
        lock (_lock)
        {
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            return _stop.Token;
        }
    }

    private void Set(Func<LearningState, LearningState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }

        Changed?.Invoke();
    }

    // What the user can act on is shown as it stands; anything else with what was being done.
    private static string Explain(string what, Exception problem) => problem switch
    {
        FailureException or CheckpointException or InvalidDataException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException => problem.Message,
        IOException => $"{what} failed: {problem.Message} Is the disk full?",
        UnauthorizedAccessException => $"{what} failed: {problem.Message} Change the rights of the file, or choose another.",
        _ => $"{what} failed: {problem.Message}",
    };

    /// <summary>Puts models that an earlier run of the program had finished, and nobody had decided on, on the shelf; removes what else it left.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (string left in LearningFolder.Abandoned(_data))
        {
            string model = Path.Combine(left, LearningFolder.ModelName);
            if (ModelStory.Load(model) is { } story)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"learned {story.Made:yyyy-MM-dd HH.mm.ss}");
                if (!Path.Exists(Path.Combine(_data.Models, name)))
                {
                    _shelf.Add(model, name);
                }
            }

            LearningFolder.Remove(left);
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends what is under way with the program.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Stop();
        try
        {
            await _work.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // The best checkpoint is on disk already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop?.Dispose();
        _gate.Dispose();
        _folder.Dispose();
    }
}
