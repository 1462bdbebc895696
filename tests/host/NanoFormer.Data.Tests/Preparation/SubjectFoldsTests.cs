using NanoFormer.Data.Preparation;

namespace NanoFormer.Data.Tests.Preparation;

public sealed class SubjectFoldsTests
{
    [Fact]
    public void Every_subject_is_in_one_part_and_the_parts_are_about_as_large()
    {
        var windows = Windows([.. Enumerable.Range(0, 21).SelectMany(subject => Enumerable.Range(0, 40 + subject).Select(i => ($"s{subject:00}", i % 3)))]);

        var folds = SubjectFolds.Of(windows, ["s01", "s05", "s09", "s20"], most: 5);

        Assert.Equal(5, folds.Count);
        Assert.Equal(["s01", "s05", "s09", "s20"], folds[0]);
        Assert.Equal(windows.Subjects.Distinct().Order(), folds.SelectMany(fold => fold).Order());
        Assert.All(folds, fold => Assert.InRange(windows.Subjects.Count(fold.Contains), 150, 280));
    }

    [Fact]
    public void Files_of_one_class_each_are_spread_so_that_every_part_has_every_class()
    {
        var windows = Windows([.. Enumerable.Range(0, 15).SelectMany(file => Enumerable.Repeat(($"f{file:00}", file % 3), 20))]);

        var folds = SubjectFolds.Of(windows, ["f00", "f01", "f02"], most: 5);

        Assert.Equal(5, folds.Count);
        Assert.All(folds, fold => Assert.Equal(3, windows.Subjects.Zip(windows.Labels).Where(one => fold.Contains(one.First)).Select(one => one.Second).Distinct().Count()));
    }

    [Fact]
    public void Two_subjects_are_two_parts_and_one_cannot_be_parted()
    {
        var windows = Windows([("ann", 0), ("ann", 1), ("bob", 0), ("bob", 1)]);

        Assert.Equal([["bob"], ["ann"]], SubjectFolds.Of(windows, ["bob"], most: 5));
        Assert.Equal(DataError.BadOption, Assert.Throws<DataException>(() => SubjectFolds.Of(windows, ["ann", "bob"], most: 5)).Error);
    }

    private static WindowSet Windows((string Subject, int Label)[] windows) => new()
    {
        WindowSamples = 1,
        RateHz = 50,
        Channels = [new ChannelInfo("x", "g", 1)],
        ClassNames = ["a", "b", "c"],
        Samples = new short[windows.Length],
        Labels = [.. windows.Select(window => window.Label)],
        Subjects = [.. windows.Select(window => window.Subject)],
    };
}
