import asyncio

from hemicycle.config.crowd import in_line


def test_so_many_at_once_and_the_others_in_order():
    running, most, order = 0, 0, []

    async def pages(scope, _receive, _send):
        nonlocal running, most
        running += 1
        most = max(most, running)
        order.append(scope["number"])
        await asyncio.sleep(0.001)
        running -= 1

    async def crowd():
        application = in_line(pages, at_once=3)
        await asyncio.gather(*(application({"number": number}, None, None) for number in range(20)))

    asyncio.run(crowd())
    assert (most, order) == (3, list(range(20)))


def test_a_request_that_fails_makes_room():
    async def pages(scope, _receive, _send):
        if scope["fails"]:
            raise ValueError

    async def crowd():
        application = in_line(pages, at_once=1)
        return await asyncio.gather(
            *(application({"fails": fails}, None, None) for fails in (True, False)), return_exceptions=True
        )

    assert [type(answer) for answer in asyncio.run(crowd())] == [ValueError, type(None)]
