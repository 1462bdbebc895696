using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NanoFormer.Training.Tests.Schema;

/// <summary>The summaries that compilers write of documentation comments, as plain text.</summary>
internal sealed partial class XmlSummaries
{
    private readonly Dictionary<string, string> _byName = [];

    /// <summary>Reads the documentation files beside assemblies.</summary>
    public XmlSummaries(params Assembly[] assemblies)
    {
        foreach (var member in assemblies.SelectMany(a => XDocument.Load(Path.ChangeExtension(a.Location, ".xml")).Descendants("member")))
        {
            if (member.Element("summary") is { } summary)
            {
                _byName[member.Attribute("name")!.Value] = Text(summary);
            }

            foreach (var parameter in member.Elements("param"))
            {
                _byName[$"{member.Attribute("name")!.Value} {parameter.Attribute("name")!.Value}"] = Text(parameter);
            }
        }
    }

    public string? Of(Type type) => _byName.GetValueOrDefault("T:" + type.FullName);

    /// <summary>A property's summary, or what a positional record says of its parameter.</summary>
    public string? Of(PropertyInfo property) =>
        _byName.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}")
        ?? _byName.GetValueOrDefault($"T:{property.DeclaringType.FullName} {property.Name}");

    public string? Of(Type type, string enumValue) => _byName.GetValueOrDefault($"F:{type.FullName}.{enumValue}");

    private static string Text(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    /// <summary>A reference is the name of what it points at, written as in the JSON file.</summary>
    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see => ConfigSchema.Naming.ConvertName(see.Attribute("cref")!.Value.Split('.')[^1]),
        XElement element => element.Value,
        _ => node.ToString(),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
