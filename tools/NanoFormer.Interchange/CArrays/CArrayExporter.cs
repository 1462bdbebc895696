using System.Globalization;
using System.Text;
using System.Text.Json;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// Writes a model image as a C array that lies in flash, and a header with what a firmware must know to give it memory and to link the
/// kernels it needs.
/// </summary>
public static class CArrayExporter
{
    private const int BytesPerLine = 20;

    /// <summary>The two files of an image.</summary>
    /// <exception cref="ModelImageException">The bytes are not a valid image.</exception>
    public static CArrayFiles Export(byte[] image)
    {
        var model = ImageReader.Read(image);
        string name = Identifier(model.Graph.ModelId);
        return new CArrayFiles(name + ".h", Header(name, model), name + ".c", Source(name, image));
    }

    /// <summary>The model's id as a C identifier: letters, digits and underscores, beginning with a letter.</summary>
    internal static string Identifier(string modelId)
    {
        string name = string.Concat(modelId.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
        return char.IsAsciiLetter(name.FirstOrDefault()) ? name : "model_" + name;
    }

    /// <summary>Text inside a comment, which it cannot end: no <c>*/</c>, no trigraph, one line.</summary>
    internal static string Commented(string text) =>
        string.Concat(text.Select(c => char.IsLetterOrDigit(c) || "._- ".Contains(c) ? c : '_'));

    /// <summary>A string literal that holds the text in C and C++, whatever is in it.</summary>
    internal static string Quoted(string text) => '"' + string.Concat(text.Select(c => c switch
    {
        // A question mark may begin a trigraph.
        '"' or '\\' or '?' => "\\" + c,
        < ' ' or '\x7f' => "\\" + Convert.ToString(c, 8).PadLeft(3, '0'),
        _ => c.ToString(),
    })) + '"';

    /// <summary>The kinds of operators of both programs, by the names that nf_add_kernel_table takes.</summary>
    internal static string Kinds(Graph graph)
    {
        IEnumerable<OperatorKind> kinds = graph.Operators.Concat(graph.Step?.Operators ?? []).Select(step => step.Kind).Distinct().Order();
        return string.Join(' ', kinds.Select(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString())));
    }

    private static string Header(string name, ModelImage model)
    {
        var graph = model.Graph;
        string prefix = name.ToUpperInvariant();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            #ifndef {prefix}_H
            #define {prefix}_H

            #include <stdint.h>

            /*
             * The model image {Commented(graph.ModelId)}, CRC-32 {model.Crc32:x8}. Kernels it needs:
             *   nf_add_kernel_table(<target> <symbol> <backend> {Kinds(graph)})
             */
            #define {prefix}_IMAGE_BYTES {model.ImageBytes}
            #define {prefix}_ARENA_BYTES {model.Plan.ArenaBytes}
            #define {prefix}_STEP_ARENA_BYTES {model.StepPlan?.ArenaBytes ?? 0}
            #define {prefix}_WINDOW_VALUES {graph.Window.Count}
            #define {prefix}_STEP_VALUES {graph.Step?.Input.Count ?? 0}
            #define {prefix}_OUTPUTS {graph.Output.Columns}
            #define {prefix}_LABEL_COUNT {graph.Labels.Count}
            #define {prefix}_LABELS {Labels(graph)}

            /* A value of a window. */
            typedef {(graph.Window.ElementType == ElementType.Int8 ? "int8_t" : "int16_t")} {name}_value;

            #ifdef __cplusplus
            extern "C"
            #else
            extern
            #endif
            const uint8_t {name}_image[{prefix}_IMAGE_BYTES];

            #endif

            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Labels(Graph graph) => "{ " + string.Join(", ", graph.Labels.Select(Quoted).DefaultIfEmpty("0")) + " }";

    private static string Source(string name, byte[] image)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"#include \"{name}.h\"\n\n");
        text.Append("""
            #if defined(__cplusplus)
            #define ALIGNED alignas(16)
            #elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
            #define ALIGNED _Alignas(16)
            #else
            #define ALIGNED __attribute__((aligned(16)))
            #endif


            """.ReplaceLineEndings("\n"));
        text.Append(CultureInfo.InvariantCulture, $"ALIGNED const uint8_t {name}_image[{name.ToUpperInvariant()}_IMAGE_BYTES] = {{\n");
        foreach (byte[] line in image.Chunk(BytesPerLine))
        {
            text.Append("    ").AppendJoin(", ", line.Select(value => value.ToString(CultureInfo.InvariantCulture))).Append(",\n");
        }

        return text.Append("};\n").ToString();
    }
}

/// <summary>The files of an image as C.</summary>
/// <param name="HeaderName">File name of the header, such as <c>wearable_har.h</c>.</param>
/// <param name="Header">Its text.</param>
/// <param name="SourceName">File name of the source.</param>
/// <param name="Source">Its text.</param>
public sealed record CArrayFiles(string HeaderName, string Header, string SourceName, string Source);
