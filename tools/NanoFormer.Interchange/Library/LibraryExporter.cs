using System.Globalization;
using System.Text.Json;
using NanoFormer.Model;

namespace NanoFormer.Interchange;

/// <summary>
/// Writes a model with the C engine as a library of source code for Arduino, PlatformIO, ESP-IDF, Zephyr and plain CMake: one folder that
/// all of them take.
/// </summary>
public static class LibraryExporter
{
    private const string Version = "1.0.0";

    /// <summary>The files of the library: paths relative to its folder, <c>/</c> between folders, and their text.</summary>
    /// <exception cref="ModelImageException">The bytes are not a valid image.</exception>
    public static IReadOnlyDictionary<string, string> Export(byte[] image)
    {
        var graph = ImageReader.Read(image).Graph;
        var array = CArrayExporter.Export(image);
        string name = CArrayExporter.Identifier(graph.ModelId);
        string[] kinds = CArrayExporter.Kinds(graph).Split(' ');
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["LICENSE"] = EngineSources.License,
            ["README.md"] = Readme(name, graph),
            ["library.properties"] = ArduinoMetadata(name, graph),
            ["library.json"] = PlatformIoMetadata(name, graph),
            ["idf_component.yml"] = $"version: \"{Version}\"\ndescription: {JsonSerializer.Serialize(Sentence(graph))}\nlicense: \"MIT\"\ndependencies:\n  idf: \">=4.4\"\n",
            ["CMakeLists.txt"] = Cmake(name),
            ["zephyr/module.yml"] = $"name: {name}\nbuild:\n  cmake: zephyr\n  kconfig: zephyr/Kconfig\n",
            ["zephyr/Kconfig"] = $"config {name.ToUpperInvariant()}\n\tbool \"Model {name} with the NanoFormer engine\"\n",
            ["zephyr/CMakeLists.txt"] = ZephyrCmake(name),
            ["examples/TestWindow/TestWindow.ino"] = ArduinoExample(name),
            ["examples/host/main.c"] = HostExample(name),
            [$"src/{array.HeaderName}"] = array.Header,
            [$"src/{array.SourceName}"] = array.Source,
            [$"src/{name}_model.h"] = Header(name, graph),
            [$"src/{name}_model.c"] = Source(name, graph),
            [$"src/{name}_test_window.h"] = TestWindow(name, graph),
        };
        foreach (var (path, text) in EngineSources.For(kinds, graph.Step is not null))
        {
            files[$"src/{path}"] = path == EngineSources.Table ? TableHead(name, kinds, graph.Step is not null) + text : text;
        }

        return files;
    }

    private static string Sentence(Graph graph) => $"The model {CArrayExporter.Commented(graph.ModelId)} with the NanoFormer engine for int8 transformers.";

    private static string TableHead(string name, string[] kinds, bool streams) =>
        $"""
        /* The kernels of {name}, and no others. */
        #define NF_TABLE {name}_kernels
        #define NF_TABLE_OPERATORS ({string.Join(" | ", kinds.Select(kind => $"1u << NF_{kind.ToUpperInvariant()}"))})
        #define NF_TABLE_STREAMS {(streams ? 1 : 0)}

        """.ReplaceLineEndings("\n");

    private static string Header(string name, Graph graph)
    {
        string upper = name.ToUpperInvariant();
        string stream = graph.Step is null ? "" : $"""

            /* Begins a stream: what the model remembers is forgotten. */
            nf_status {name}_stream(void);

            /* Feeds a stream any number of whole samples; `steps` receives how often the model ran, `output` its last answer. */
            nf_status {name}_step(const {name}_value *samples, size_t values, int8_t output[{upper}_OUTPUTS], uint32_t *steps);

            """;
        return $"""
            /* {Sentence(graph)} One session, memory of its own; call it from one thread. */
            #ifndef {upper}_MODEL_H
            #define {upper}_MODEL_H

            #include "{name}.h"
            #include "nanoformer/engine.h"

            #ifdef __cplusplus
            extern "C" {"{"}
            #endif

            /* Checks the whole image. Once, before anything else, which is refused with NF_ERROR_NOT_RUNNING until then. */
            nf_status {name}_open(void);

            /* Runs one window, [samples][channels] in the raw steps of the channels (nf_model_channel_scale). */
            nf_status {name}_run(const {name}_value window[{upper}_WINDOW_VALUES], int8_t output[{upper}_OUTPUTS]);
            {stream}
            /* Runs the test windows in the image and compares the answers byte for byte. */
            nf_status {name}_self_test(void);

            /* What the image says of itself: rate, channels, labels (nf_model_label ...). Valid after opening. */
            const nf_model *{name}_model(void);

            #ifdef __cplusplus
            {"}"}
            #endif

            #endif

            """.ReplaceLineEndings("\n");
    }

    private static string Source(string name, Graph graph)
    {
        string upper = name.ToUpperInvariant();
        string stream = graph.Step is null ? "" : $$"""

            nf_status {{name}}_stream(void)
            {
                return session.model == NULL ? NF_ERROR_NOT_RUNNING : nf_session_stream(&session);
            }

            nf_status {{name}}_step(const {{name}}_value *samples, size_t values, int8_t output[{{upper}}_OUTPUTS], uint32_t *steps)
            {
                return session.model == NULL ? NF_ERROR_NOT_RUNNING
                                             : nf_session_step(&session, samples, values, output, {{upper}}_OUTPUTS, steps);
            }

            """;
        return $$"""
            #include "{{name}}_model.h"

            #define LARGER(a, b) ((a) > (b) ? (a) : (b))

            extern const nf_kernels {{name}}_kernels; /* kernels/portable/table.c */

            static uint32_t arena[(LARGER({{upper}}_ARENA_BYTES, {{upper}}_STEP_ARENA_BYTES) + 3) / 4];
            static nf_model model;
            static nf_session session;

            nf_status {{name}}_open(void)
            {
                nf_status status = nf_model_open(&model, &{{name}}_kernels, {{name}}_image, {{upper}}_IMAGE_BYTES);

                if (status == NF_OK)
                    status = nf_session_open(&session, &model, arena, sizeof arena);
                return status;
            }

            nf_status {{name}}_run(const {{name}}_value window[{{upper}}_WINDOW_VALUES], int8_t output[{{upper}}_OUTPUTS])
            {
                return session.model == NULL
                           ? NF_ERROR_NOT_RUNNING
                           : nf_session_run(&session, window, {{upper}}_WINDOW_VALUES, output, {{upper}}_OUTPUTS);
            }
            {{stream}}
            nf_status {{name}}_self_test(void)
            {
                return session.model == NULL ? NF_ERROR_NOT_RUNNING : nf_session_self_test(&session, NULL);
            }

            const nf_model *{{name}}_model(void)
            {
                return &model;
            }

            """.ReplaceLineEndings("\n");
    }

    private static string TestWindow(string name, Graph graph)
    {
        var window = graph.TestVectors.Count > 0 ? graph.TestVectors[0].Window.AsEnumerable() : Enumerable.Repeat((short)0, graph.Window.Count);
        string rows = string.Join(",\n", window.Chunk(20).Select(row => "    " + string.Join(", ", row.Select(value => value.ToString(CultureInfo.InvariantCulture)))));
        string from = graph.TestVectors.Count > 0 ? "The first test window in the image" : "A window of zeros: the image holds no test window";
        return $"/* {from}. For the examples. */\n#include \"{name}.h\"\n\nstatic const {name}_value {name}_test_window[{name.ToUpperInvariant()}_WINDOW_VALUES] = {{\n{rows},\n}};\n";
    }

    private static string HostExample(string name)
    {
        string upper = name.ToUpperInvariant();
        return $$"""
            /* On a PC: cmake -S . -B build && cmake --build build && build/{{name}}_example */
            #include <stdio.h>

            #include "{{name}}_model.h"
            #include "{{name}}_test_window.h"

            int main(void)
            {
                int8_t output[{{upper}}_OUTPUTS];
                nf_status status = {{name}}_open();

                if (status == NF_OK)
                    status = {{name}}_run({{name}}_test_window, output);
                if (status != NF_OK) {
                    printf("%s: %s\n", nf_status_name(status), nf_status_text(status));
                    return 1;
                }
                for (uint32_t i = 0; i < {{upper}}_OUTPUTS; i++)
                    printf("%s %d\n", i < {{upper}}_LABEL_COUNT ? nf_model_label({{name}}_model(), i) : "score", output[i]);
                status = {{name}}_self_test();
                printf("self-test: %s\n", nf_status_name(status));
                return status == NF_OK || status == NF_ERROR_NO_TEST_VECTORS ? 0 : 1;
            }

            """.ReplaceLineEndings("\n");
    }

    private static string ArduinoExample(string name)
    {
        string upper = name.ToUpperInvariant();
        return $$"""
            // Answers the test window of the model. In a sketch of your own, fill a window with the raw values of your sensor.
            #include <{{name}}_model.h>
            #include <{{name}}_test_window.h>

            void setup()
            {
                Serial.begin(115200);
                nf_status status = {{name}}_open();
                if (status != NF_OK)
                    Serial.println(nf_status_text(status));
            }

            void loop()
            {
                int8_t output[{{upper}}_OUTPUTS];
                if ({{name}}_run({{name}}_test_window, output) == NF_OK) {
                    for (uint32_t i = 0; i < {{upper}}_OUTPUTS; i++) {
                        Serial.print(i < {{upper}}_LABEL_COUNT ? nf_model_label({{name}}_model(), i) : "score");
                        Serial.print(" ");
                        Serial.println((int)output[i]);
                    }
                }
                delay(1000);
            }

            """.ReplaceLineEndings("\n");
    }

    private static string Cmake(string name) =>
        $$"""
        # A component of ESP-IDF; elsewhere a library, with the example when this is the whole project.
        cmake_minimum_required(VERSION 3.16)
        file(GLOB_RECURSE sources ${CMAKE_CURRENT_LIST_DIR}/src/*.c)

        if(ESP_PLATFORM)
            idf_component_register(SRCS ${sources} INCLUDE_DIRS src)
            return()
        endif()

        project({{name}} C)
        add_library({{name}} STATIC ${sources})
        target_include_directories({{name}} PUBLIC src)
        set_target_properties({{name}} PROPERTIES C_STANDARD 11)
        if(CMAKE_SOURCE_DIR STREQUAL CMAKE_CURRENT_SOURCE_DIR)
            add_executable({{name}}_example examples/host/main.c)
            target_link_libraries({{name}}_example {{name}})
        endif()

        """.ReplaceLineEndings("\n");

    private static string ZephyrCmake(string name) =>
        $$"""
        if(CONFIG_{{name.ToUpperInvariant()}})
            file(GLOB_RECURSE sources ${CMAKE_CURRENT_LIST_DIR}/../src/*.c)
            zephyr_include_directories(../src)
            zephyr_library()
            zephyr_library_sources(${sources})
        endif()

        """.ReplaceLineEndings("\n");

    private static string ArduinoMetadata(string name, Graph graph) =>
        $"""
        name={name}
        version={Version}
        author=NanoFormer contributors
        maintainer=NanoFormer contributors
        sentence={Sentence(graph)}
        paragraph=No heap, no floating point, no cloud. Exported from a trained model image.
        category=Data Processing
        url=
        architectures=*
        includes={name}_model.h

        """.ReplaceLineEndings("\n");

    private static string PlatformIoMetadata(string name, Graph graph) => JsonSerializer.Serialize(new
    {
        name,
        version = Version,
        description = Sentence(graph),
        keywords = "machine learning, transformer, int8",
        license = "MIT",
        frameworks = "*",
        platforms = "*",
        headers = $"{name}_model.h",
        build = new { srcDir = "src", includeDir = "src" },
        examples = new[] { new { name = "TestWindow", @base = "examples/TestWindow", files = new[] { "TestWindow.ino" } } },
    }, Indented) + "\n";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Readme(string name, Graph graph) =>
        $"""
        # {name}
        {Sentence(graph)} Source code in C11, without heap and floating point. The engine's kernels are those in portable C, and only those
        that this model needs. The answers are those of the workbench, byte for byte.

        | to use it in | |
        |---|---|
        | Arduino | put this folder into `libraries`; open the example TestWindow |
        | PlatformIO | put this folder into `lib` |
        | ESP-IDF | put this folder into `components` |
        | Zephyr | add this folder to `ZEPHYR_EXTRA_MODULES` and set `CONFIG_{name.ToUpperInvariant()}=y` |
        | CMake | `add_subdirectory`, then link `{name}`; or build the example: `cmake -S . -B build && cmake --build build && build/{name}_example` |

        ```c
        #include "{name}_model.h"

        {name}_open();              /* once */
        {name}_run(window, output); /* {graph.Window.Count} values in, {graph.Output.Columns} out */
        ```

        """.ReplaceLineEndings("\n");
}
