using System.Collections.Immutable;
using Inkling.App.Running;
using Inkling.App.Training;
using Inkling.App.Tuning.Tasks;
using Inkling.Mail;
using Inkling.Tuning;

namespace Inkling.App.Tests.Tuning;

public sealed class TrainingValuesTests
{
    [Fact]
    public void A_preset_takes_what_is_given_and_keeps_the_rest()
    {
        TrainingPreset preset = TrainingValues.Parse("  learningRate=0.004   hidden=96 ").Apply(TrainingPreset.Nano);
        Assert.Equal(TrainingPreset.Nano with { LearningRate = 0.004, HiddenWidth = 96 }, preset);
        Assert.Equal(TrainingPreset.Base, TrainingValues.Parse("").Apply(TrainingPreset.Base));
    }

    [Fact]
    public void Every_value_that_the_tasks_tune_is_one_of_them()
    {
        foreach (MailTask task in (MailTask[])[MailTask.Nano, MailTask.Base])
        {
            ImmutableSortedDictionary<string, ParameterValue> parameters = AskedOf(task);
            Assert.Equal(parameters.Keys, TrainingValues.Of(parameters).Values.Keys);
            Assert.Equal("learn?values=" + Uri.EscapeDataString(TrainingValues.Of(parameters).ForGoingOn.Text), task.PageOf(parameters));
            Assert.Equal(["dropout", "lanes", "steps"], TrainingValues.Of(parameters).ForGoingOn.Values.Keys);
            Assert.Equal(TrainingValues.Of(parameters).Values, TrainingValues.Parse(TrainingValues.Of(parameters).Text).Values);
        }
    }

    [Theory]
    [InlineData("lanes=1.5")]
    [InlineData("lanes")]
    [InlineData("learningRate=NaN")]
    [InlineData("dropout=1")]
    [InlineData("hidden=99999999")]
    [InlineData("=")]
    public void What_cannot_be_is_refused(string text) => Assert.Throws<FailureException>(() => TrainingValues.Parse(text));

    private static ImmutableSortedDictionary<string, ParameterValue> AskedOf(MailTask task)
    {
        using Study study = Study.InMemory(Direction.Minimize, seed: 1);
        study.Optimize(trial =>
        {
            task.Vary(trial);
            return 0;
        }, budget: 1);
        return study.Trials[0].Parameters;
    }
}
