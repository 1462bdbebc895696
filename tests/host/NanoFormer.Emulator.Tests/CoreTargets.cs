namespace NanoFormer.Emulator.Tests;

/// <summary>The cores as theory data, and the reason to skip when one cannot run here.</summary>
internal static class CoreTargets
{
    public static TheoryData<string> Names => [.. CoreTarget.All.Select(target => target.Name)];

    /// <summary>The core of a name; skips the test when QEMU or a build product is missing.</summary>
    public static CoreTarget Require(string name)
    {
        var target = CoreTarget.All.Single(candidate => candidate.Name == name);
        string? missing = NativeBuild.MissingFor(target);
        Assert.SkipUnless(missing is null, missing ?? "");
        return target;
    }
}
