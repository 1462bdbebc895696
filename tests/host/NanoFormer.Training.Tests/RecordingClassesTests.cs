using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;

namespace NanoFormer.Training.Tests;

/// <summary>Classes that are merged, and classes that are judged on without being learnt.</summary>
public sealed class RecordingClassesTests : IDisposable
{
    private readonly CsvFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_class_to_judge_on_is_learnt_by_what_else_is_in_its_group()
    {
        // CsvFixture: three subjects, each 160 samples of SLOW, then 160 of FAST
        var data = Load(options => options with { TestSubjects = [], TestClasses = ["FAST"], ClassGroups = Groups(("MOVING", ["FAST", "SLOW"])) });

        Assert.Equal(["MOVING"], data.Train.ClassNames);
        Assert.Equal(["MOVING"], data.Test.ClassNames);
        Assert.Equal(["ann", "bob", "cid"], data.Train.Subjects.Distinct());
        Assert.Equal(["ann", "bob", "cid"], data.Test.Subjects.Distinct());
        Assert.All(Crossings(data.Train), crossings => Assert.InRange(crossings, 3, 5)); // two cycles in a window
        Assert.All(Crossings(data.Test), crossings => Assert.InRange(crossings, 8, 12)); // five
        Assert.StartsWith("by class, with FAST never learnt", data.SplitDescription, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_takes_the_place_of_its_classes_and_others_stay()
    {
        var data = Load(options => options with { ClassGroups = Groups(("WALKING", ["SLOW"])) });

        Assert.Equal(["FAST", "WALKING"], data.Train.ClassNames.Order());
        Assert.Equal(2, data.Test.Labels.Distinct().Count());
    }

    [Theory]
    [InlineData("data.csv.testClasses=[\"RUN\"]", "data.csv.testClasses names 'RUN'")]
    [InlineData("data.csv.classGroups={\"MOVING\":[\"RUN\"]}", "data.csv.classGroups names 'RUN'")]
    [InlineData("data.csv.testClasses=[\"FAST\",\"SLOW\"]", "data.csv.testClasses must leave windows")]
    public void A_class_that_is_not_there_or_leaves_nothing_is_refused_by_name(string setting, string message)
    {
        var config = TrainingConfig.Load(_fixture.ConfigPath, "data.csv.testSubjects=[]", setting);

        var fault = Assert.Throws<ConfigException>(() => TrainingData.Load(config, _fixture.CsvPath, validate: false));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.csv.testClasses=[\"FAST\"]", "data.csv.testClasses goes without testSubjects")]
    [InlineData("data.csv.classGroups={\"A\":[\"FAST\"],\"B\":[\"FAST\"]}", "data.csv.classGroups must name each class once")]
    public void Settings_that_contradict_each_other_are_refused(string setting, string message)
    {
        var fault = Assert.Throws<ConfigException>(() => TrainingConfig.Load(_fixture.ConfigPath, setting));

        Assert.Equal(ConfigError.Mismatch, fault.Error);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    private TrainingData Load(Func<CsvDataOptions, CsvDataOptions> change)
    {
        var config = CsvFixture.Config;
        config = config with { Data = config.Data with { Csv = change(config.Data.Csv!) } };
        return TrainingData.Load(TrainingConfig.Parse(config.ToJson()), _fixture.CsvPath, validate: false);
    }

    private static Dictionary<string, IReadOnlyList<string>> Groups(params (string Name, string[] Classes)[] groups) =>
        groups.ToDictionary(group => group.Name, group => (IReadOnlyList<string>)group.Classes);

    /// <summary>How often the first channel changes its sign in each window.</summary>
    private static IEnumerable<int> Crossings(WindowSet windows) => Enumerable.Range(0, windows.Count).Select(i =>
    {
        short[] channel = [.. windows.Window(i).ToArray().Where((_, at) => at % windows.Channels.Count == 0)];
        return channel.Zip(channel.Skip(1)).Count(pair => pair.First < 0 != pair.Second < 0);
    });
}
