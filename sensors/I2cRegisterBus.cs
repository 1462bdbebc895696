using System.Device.I2c;
#if !NANOFRAMEWORK_1_0
using System.IO;
#endif

namespace NanoFormer.Sensors
{
    /// <summary>Registers of a chip behind an I2C device.</summary>
    /// <remarks>
    /// nanoFramework reports a missing acknowledge in the transfer's status, .NET throws: both become a result here. An
    /// <c>IOException</c> of .NET counts as a missing acknowledge, by far its commonest cause, unless its message tells of a timeout.
    /// </remarks>
    public sealed class I2cRegisterBus : IRegisterBus
    {
        private readonly I2cDevice _device;
        private readonly byte[] _address = new byte[1];
        private readonly byte[] _write = new byte[2];

        /// <summary>Uses a device; the caller keeps owning it.</summary>
        public I2cRegisterBus(I2cDevice device)
        {
            _device = device;
            Address = device.ConnectionSettings.DeviceAddress;
        }

        /// <inheritdoc/>
        public int Address { get; }

        /// <inheritdoc/>
        public BusResult Read(int register, byte[] buffer)
        {
            _address[0] = (byte)register;
#if NANOFRAMEWORK_1_0
            return ResultOf(_device.WriteRead(_address, buffer));
#else
            try
            {
                _device.WriteRead(_address, buffer);
                return BusResult.Ok;
            }
            catch (IOException e)
            {
                return ResultOf(e);
            }
#endif
        }

        /// <inheritdoc/>
        public BusResult Write(int register, int value)
        {
            _write[0] = (byte)register;
            _write[1] = (byte)value;
#if NANOFRAMEWORK_1_0
            return ResultOf(_device.Write(_write));
#else
            try
            {
                _device.Write(_write);
                return BusResult.Ok;
            }
            catch (IOException e)
            {
                return ResultOf(e);
            }
#endif
        }

#if NANOFRAMEWORK_1_0
        private static BusResult ResultOf(I2cTransferResult transfer)
        {
            if (transfer.Status == I2cTransferStatus.FullTransfer)
            {
                return BusResult.Ok;
            }

            return transfer.Status == I2cTransferStatus.SlaveAddressNotAcknowledged ? BusResult.NoAcknowledge : BusResult.Broken;
        }
#else
        // ETIMEDOUT; .NET has the number in the message alone.
        private static BusResult ResultOf(IOException failure)
        {
            return failure.Message.Contains("Error 110 ") ? BusResult.Broken : BusResult.NoAcknowledge;
        }
#endif
    }
}
