using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NanoFormer.Device.Projects;

namespace NanoFormer.Device.Analyzers.Tests;

public class RuleTests
{
    public static TheoryData<RuleExample> Examples => [.. RuleExamples.All];

    public static TheoryData<DiagnosticDescriptor> Rules => [.. Descriptors()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_fault_is_found_by_its_rule_alone(RuleExample example)
    {
        var found = Errors(example.Fault).ToLookup(error => error.Id.StartsWith("NFD", StringComparison.Ordinal), error => error.Id);

        Assert.Equal([example.Id], found[true].Distinct());
        Assert.Equal(example.Compiles, !found[false].Any());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_near_miss_compiles_and_breaks_no_rule(RuleExample example)
    {
        Assert.Empty(Errors(example.NearMiss));
    }

    [Fact]
    public void Namespaces_that_the_device_lacks_are_named()
    {
        var errors = DeviceCompiler.Errors(DeviceCompiler.Compile("using System.Linq; using System.Threading; class C { Timer _timer; }"));

        var error = Assert.Single(errors, error => error.Id == "NFD015");
        Assert.Contains("System.Linq", error.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_may_name_a_generic_type()
    {
        Assert.Empty(Errors("/// <summary>As in <see cref=\"System.Collections.Generic.List{T}\"/>.</summary>\nint _count;"));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_has_an_example_and_a_way_out(DiagnosticDescriptor rule)
    {
        Assert.Contains(RuleExamples.All, example => example.Id == rule.Id);
        Assert.Contains(": ", rule.MessageFormat.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(DiagnosticSeverity.Error, rule.DefaultSeverity);
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors() => typeof(LanguageAnalyzer).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
        .SelectMany(type => ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics);

    private static IReadOnlyList<Diagnostic> Errors(string members) =>
        DeviceCompiler.Errors(DeviceCompiler.Compile($"using System; class Example {{ {members} }}"));
}
