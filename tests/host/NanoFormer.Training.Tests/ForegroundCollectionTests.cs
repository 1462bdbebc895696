namespace NanoFormer.Training.Tests;

public sealed class ForegroundCollectionTests
{
    [Fact]
    public void A_program_that_holds_TorchSharp_collects_in_the_foreground() =>
        Assert.Equal(false, GC.GetConfigurationVariables()["ConcurrentGC"]);
}
