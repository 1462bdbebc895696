using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoFormer.Data.EdgeImpulse;

/// <summary>
/// A file in Edge Impulse's data acquisition format
/// (https://docs.edgeimpulse.com/tools/specifications/data-acquisition/json-cbor), in JSON.
/// </summary>
internal sealed record AcquisitionFile(
    [property: JsonPropertyName("protected"), JsonRequired] AcquisitionProtection Protection,
    [property: JsonPropertyName("signature"), JsonRequired] string Signature,
    [property: JsonPropertyName("payload"), JsonRequired] AcquisitionPayload Payload);

/// <summary>How a file is signed.</summary>
/// <param name="Version">Always <c>v1</c>.</param>
/// <param name="Algorithm"><c>HS256</c>, or <c>none</c>.</param>
internal sealed record AcquisitionProtection(
    [property: JsonPropertyName("ver"), JsonRequired] string Version,
    [property: JsonPropertyName("alg"), JsonRequired] string Algorithm);

/// <summary>The data of a file.</summary>
/// <param name="DeviceType">Kind of the device.</param>
/// <param name="IntervalMilliseconds">Time between two samples; 0 for a file of a single reading.</param>
/// <param name="Sensors">The columns.</param>
/// <param name="Values">A list of readings, each a list of a number for each sensor; a plain number where there is one sensor.</param>
internal sealed record AcquisitionPayload(
    [property: JsonPropertyName("device_type"), JsonRequired] string DeviceType,
    [property: JsonPropertyName("interval_ms"), JsonRequired] double IntervalMilliseconds,
    [property: JsonPropertyName("sensors"), JsonRequired] AcquisitionSensor[] Sensors,
    [property: JsonPropertyName("values"), JsonRequired] JsonElement[] Values);

/// <summary>A column.</summary>
internal sealed record AcquisitionSensor(
    [property: JsonPropertyName("name"), JsonRequired] string Name,
    [property: JsonPropertyName("units"), JsonRequired] string Units);
