namespace NanoFormer.Device.Analyzers.Tests;

/// <summary>A rule's example.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Fault">Members of a class that break the rule, and no other.</param>
/// <param name="NearMiss">Members that look alike, break no rule and compile.</param>
/// <param name="Compiles">Whether the compiler accepts the fault, so that only the rule finds it.</param>
public sealed record RuleExample(string Id, string Fault, string NearMiss, bool Compiles = true)
{
    /// <summary>Shown as the test's argument.</summary>
    public override string ToString() => Id;
}
