using System.Text.Json.Nodes;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Tests.Schema;

/// <summary>The committed schema; NANOFORMER_UPDATE_GOLDEN=1 writes it again.</summary>
public sealed class ConfigSchemaTests
{
    private static readonly string PathOfSchema = Path.Combine(Repository.TrainerFolder, "Configuration", "train.schema.json");

    [Fact]
    public void The_schema_is_that_of_the_records()
    {
        string schema = ConfigSchema.Create();
        if (Environment.GetEnvironmentVariable("NANOFORMER_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(PathOfSchema, schema);
        }

        Assert.Equal(File.ReadAllText(PathOfSchema), schema);
    }

    [Fact]
    public void Every_setting_is_described() => Assert.Empty(Undescribed(JsonNode.Parse(ConfigSchema.Create())!, ""));

    [Fact]
    public void A_configuration_may_name_its_schema()
    {
        var config = TrainingConfig.Parse(ConfigOverrides.Apply(Samples.Config.ToJson(), ["$schema=train.schema.json"]));

        Assert.Equal("train.schema.json", config.Schema);
    }

    private static IEnumerable<string> Undescribed(JsonNode node, string path)
    {
        var properties = node is JsonObject schema && schema["properties"] is JsonObject own ? own.AsEnumerable() : [];
        foreach (var (name, property) in properties)
        {
            if (property!["description"] is null)
            {
                yield return $"{path}.{name}";
            }
        }

        var children = node switch
        {
            JsonObject fields => fields.Select(field => (field.Key, field.Value)),
            JsonArray items => items.Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        foreach (var (name, child) in children.Where(child => child.Item2 is not null))
        {
            foreach (string fault in Undescribed(child!, $"{path}.{name}"))
            {
                yield return fault;
            }
        }
    }
}
